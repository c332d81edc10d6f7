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

-- The school keeps the number under which a child was enrolled. A row that is linked by
-- its own number, under its own name, tells by its 学籍号 a former number of that
-- person: when nobody else has it, it is one more number the person is known by.
insert into lnk_known_number
select
    min(exact.person_key) as person_key,
    line.student_no_pid as number,
    'school' as kind,
    false as is_id15
from lnk_exact as exact
inner join lnk_row as line on line.row_id = exact.row_id
inner join (select distinct person_key, name_key from lnk_claim) as named
    on named.person_key = exact.person_key and named.name_key = line.name_key
where
    line.student_no_pid not in (select number from lnk_known_number)
    and exact.kind <> 'text'
group by line.student_no_pid
having count(distinct exact.person_key) = 1;

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

-- One row per description of a roster row without an exact link.
create or replace table lnk_probe as
select distinct
    line.probe_key,
    line.number_class,
    coalesce(line.number, line.kept) as number,
    line.is_good,
    line.name_key,
    line.township_key,
    line.village_key,
    line.head_pid,
    line.head_column_pid,
    line.head_name_key,
    line.sex
from lnk_row as line
anti join lnk_exact as exact on exact.row_id = line.row_id
where line.name_key is not null;
