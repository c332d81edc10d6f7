-- One row per row of the school register, the jobs, the graduates' list or the
-- system's list of students: whom it
-- is about, by a number that stands for one person; a row without a usable number by
-- the one namesake of its village. Nothing is proposed here: a near number says nothing.
create or replace table lnk_list as
with written as (
    select
        'school_register' as source,
        row_id,
        id_number_form as form,
        coalesce(
            case
                when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                    then id_number_pid
            end,
            case when student_no_form = 'student_no' then student_no_pid end
        ) as pid,
        name_key,
        township_key,
        village_key
    from stg_school_register

    union all

    select
        'monitored_job' as source,
        row_id,
        id_number_form as form,
        case
            when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                then id_number_pid
        end as pid,
        name_key,
        township_key,
        village_key
    from stg_monitored_job

    union all

    select
        'graduate_destination' as source,
        row_id,
        id_number_form as form,
        case
            when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                then id_number_pid
        end as pid,
        name_key,
        township_key,
        village_key
    from stg_graduate_destination

    union all

    select
        'yulu_module' as source,
        row_id,
        id_number_form as form,
        case
            when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                then id_number_pid
        end as pid,
        name_key,
        township_key,
        village_key
    from stg_yulu_module
),

-- a number of the register, of an earlier night, or of a roster row (however linked)
owner as (
    select
        number,
        person_key as subject_key,
        case kind when 'pid' then 1 else 2 end as rank
    from lnk_known_number
    where kind in ('pid', 'former')

    union

    select
        line.number,
        link.subject_key,
        3 as rank
    from lnk_roster as link
    inner join lnk_row as line on line.row_id = link.row_id
    where line.number_class = 'pid' and link.tier <> 'ambiguous'
),

owned as (
    select
        number,
        min(subject_key) as subject_key
    from owner
    group by number, rank
    having count(distinct subject_key) = 1
    qualify row_number() over (partition by number order by rank) = 1
),

namesake as (
    select
        written.row_id,
        min(person.person_key) as subject_key
    from written
    inner join lnk_person as person
        on
            person.name_key = written.name_key
            and person.village_key = written.village_key
            and coalesce(person.township_key = written.township_key, true)
    where written.pid is null and written.form in ('missing', 'cut')
    group by written.row_id
    having count(distinct person.person_key) = 1
)

select
    written.source,
    written.row_id,
    coalesce(owned.subject_key, namesake.subject_key) as subject_key
from written
left join owned on owned.number = written.pid
left join namesake on namesake.row_id = written.row_id;

-- One row per row of the school register: the period it answers for.
create or replace table lnk_list_period as
select
    stated.row_id,
    min(period.period_no) as period_no
from stg_school_register as stated
inner join ref_period as period
    on
        period.school_year = stated.period_no
        and coalesce(period.term = stated.period_no_term, true)
group by stated.row_id;
