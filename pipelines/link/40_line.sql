-- One row per stg_yulu_roster row as it is written, prepared for comparison.
-- `number_class`: 'pid' a whole number · 'text' a wrong one · 'cut' by Excel · 'short' a
-- fragment, which is not missing but too little to compare by · 'none' nothing to go by.
create or replace table lnk_line as
with stated as (
    select
        roster.row_id,
        coalesce(by_term.period_no, by_year.period_no, roster.period_no) as period_no,
        roster.period_no_term,
        coalesce(by_term.starts_on, by_year.starts_on) as period_starts_on,
        coalesce(roster.is_applied, false) as is_applied,
        roster.id_number as id_text,
        roster.id_number_pid,
        roster.id_number_form as form,
        roster.id_number_kept,
        roster.student_no_pid,
        roster.student_no_form,
        roster.name,
        roster.name_key,
        former.former_key,
        roster.guardian_name_key,
        case
            when
                roster.guardian_id_number_form
                in ('id18', 'id15', 'disability', 'student_no')
                then roster.guardian_id_number_pid
        end as guardian_pid,
        roster.household_no,
        roster.person_no,
        place.township_key,
        place.village_key,
        place.match_township_key,
        place.doubt as place_doubt,
        case
            when
                roster.head_id_number_form
                in ('id18', 'id15', 'disability', 'student_no')
                then roster.head_id_number_pid
        end as head_pid,
        -- the student's own name in the head's column says nothing about the head
        nullif(roster.head_name_key, roster.name_key) as head_name_key,
        roster.sex,
        placeholder.number is not null or is_made_up(roster.id_number_pid)
            as is_placeholder
    from stg_yulu_roster as roster
    left join ref_period as by_term
        on
            by_term.school_year = roster.period_no
            and by_term.term = roster.period_no_term
    left join ref_period as by_year
        on by_year.school_year = roster.period_no and by_year.term is null
    left join lnk_place_seen as place
        on
            place.seen_township_key is not distinct from roster.township_key
            and place.seen_village_key is not distinct from roster.village_key
    left join lnk_former_name as former on former.name = roster.name
    left join lnk_placeholder as placeholder
        on placeholder.number = roster.id_number_pid
),

classed as (
    select
        *,
        case
            when is_placeholder then 'none'
            when form in ('id18', 'id15', 'disability', 'student_no') then 'pid'
            when form = 'bad' and length(id_number_pid) between 15 and 22 then 'text'
            when form = 'bad' and length(id_number_pid) between 6 and 14 then 'short'
            when form = 'cut' and is_kept(id_number_kept) then 'cut'
            else 'none'
        end as number_class
    from stated
)

select
    row_id,
    period_no,
    period_no_term,
    period_starts_on,
    concat_ws('|', period_no, period_no_term) as unit,
    is_applied,
    id_text,
    id_number_pid,
    id_number_kept,
    form,
    number_class,
    case when number_class in ('pid', 'text') then id_number_pid end as number,
    case
        when student_no_form = 'student_no' then student_no_pid
    end as student_no_pid,
    name,
    name_key,
    former_key,
    guardian_name_key,
    guardian_pid,
    household_no,
    person_no,
    township_key,
    village_key,
    match_township_key,
    place_doubt,
    head_pid,
    head_name_key,
    sex
from classed;

-- One row per pair of different names that one number joins: of the row, and of the
-- person whose number it is. How alike they are is told beside it (lnk_alike).
create or replace table lnk_name_pair as
with joined as (
    select
        line.name_key,
        known.person_key
    from lnk_line as line
    inner join lnk_known_number as known on known.number = line.number

    union

    select
        line.name_key,
        known.person_key
    from lnk_line as line
    inner join lnk_known_number as known on known.number = line.student_no_pid
)

select distinct
    joined.name_key as one,
    claim.name_key as other
from joined
inner join lnk_claim as claim on claim.person_key = joined.person_key
where joined.name_key <> claim.name_key;
