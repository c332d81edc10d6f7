-- One row per roster row whose number is a known person's: certain, whatever else
-- differs. A wrong number written the same in both systems needs the name as well.
create or replace table lnk_exact as
select
    line.row_id,
    known.person_key,
    case
        when line.form = 'student_no' then 'student_no'
        when line.form = 'id15' or known.is_id15 then 'id15'
        else 'id'
    end as tier,
    known.kind
from lnk_row as line
inner join lnk_known_number as known on known.number = line.number
where line.number_class = 'pid' and known.kind in ('pid', 'former')

union all

select
    line.row_id,
    min(known.person_key) as person_key,
    'id' as tier,
    'text' as kind
from lnk_row as line
inner join lnk_known_number as known on known.number = line.number
inner join (select distinct person_key, name_key from lnk_claim) as named
    on named.person_key = known.person_key and named.name_key = line.name_key
where line.number_class = 'text' and known.kind = 'text'
group by line.row_id
having count(distinct known.person_key) = 1;

-- The school keeps the number under which a child was enrolled. A row, of a roster or of
-- the school register, that shows a known person's number beside another one, under that
-- person's name, tells one more number of theirs: the former one that the 学籍号 keeps,
-- or the corrected one that this register does not have yet. It must be nobody else's.
insert into lnk_known_number
with shown as (
    select
        number,
        student_no_pid,
        name_key
    from lnk_row
    where number_class = 'pid' and student_no_pid <> number

    union

    select
        id_number_pid as number,
        student_no_pid,
        name_key
    from stg_school_register
    where
        id_number_form in ('id18', 'disability')
        and student_no_form = 'student_no'
        and student_no_pid <> id_number_pid
),

told as (
    select
        number as known_number,
        student_no_pid as number,
        name_key
    from shown

    union

    -- a number that is only mistyped is for id_near to show
    select
        student_no_pid as known_number,
        number,
        name_key
    from shown
    where is_good_id(number) and damerau_levenshtein(number, student_no_pid) > 2
)

select
    min(known.person_key) as person_key,
    told.number,
    'school' as kind,
    false as is_id15
from told
inner join lnk_known_number as known
    on known.number = told.known_number and known.kind in ('pid', 'former')
inner join (select distinct person_key, name_key from lnk_claim) as named
    on named.person_key = known.person_key and named.name_key = told.name_key
where told.number not in (select number from lnk_known_number)
group by told.number
having count(distinct known.person_key) = 1;

-- Rows that still write that former number themselves, under the same name.
insert into lnk_exact
select
    line.row_id,
    known.person_key,
    'student_no' as tier,
    'school' as kind
from lnk_row as line
inner join lnk_known_number as known
    on known.number = line.number and known.kind = 'school'
inner join (select distinct person_key, name_key from lnk_claim) as named
    on named.person_key = known.person_key and named.name_key = line.name_key
where line.number_class = 'pid';

-- What a person decided outranks what a school's number, or a wrong number in both
-- systems, would say; only the owner of the very number comes first (lnk_answer).
delete from lnk_exact
where
    row_id in (
        select line.row_id
        from lnk_row as line
        inner join lnk_decided as decided on decided.line_key = line.line_key
    )
    and kind not in ('pid', 'former');

insert into lnk_exact
select
    line.row_id,
    decided.person_key,
    'decision' as tier,
    'decision' as kind
from lnk_row as line
inner join lnk_decided as decided on decided.line_key = line.line_key
where line.row_id not in (select row_id from lnk_exact);

-- One row per description of a roster row without an exact link.
create or replace table lnk_probe as
select distinct
    line.probe_key,
    line.number_class,
    coalesce(line.number, line.kept) as number,
    line.is_good,
    line.name_key,
    line.match_township_key as township_key,
    line.village_key,
    line.head_pid,
    line.head_column_pid,
    line.head_name_key,
    line.guardian_pid,
    line.guardian_name_key,
    line.household_no,
    line.person_no,
    line.sex
from lnk_row as line
anti join lnk_exact as exact on exact.row_id = line.row_id
where line.name_key is not null;
