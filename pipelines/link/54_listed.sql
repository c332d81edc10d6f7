-- One row per roster row whose 学籍号 carries a known person's number and whose own
-- number leads nowhere: the school's number may be the right one, or a former one.
create or replace table lnk_school_no as
select
    line.row_id,
    known.person_key
from lnk_row as line
anti join lnk_exact as exact on exact.row_id = line.row_id
anti join lnk_possible as possible
    on
        possible.number = coalesce(line.number, line.kept)
        and possible.name_key = line.name_key
inner join lnk_known_number as known
    on known.number = line.student_no_pid and known.kind <> 'text'
inner join (
    select
        claim.name_key,
        claim.person_key
    from lnk_claim as claim

    union

    -- the number decides; a name that sounds or looks alike only does not object
    select
        alike.one as name_key,
        claim.person_key
    from lnk_claim as claim
    inner join lnk_alike as alike
        on alike.other = claim.name_key and alike.likeness in ('sound', 'look')
) as named
    on named.person_key = known.person_key and named.name_key = line.name_key;

-- One row per period and person who stands on its roster by number already, and the
-- row that says so.
create or replace table lnk_listed as
select
    line.unit,
    exact.person_key,
    line.row_id
from lnk_exact as exact
inner join lnk_row as line on line.row_id = exact.row_id

union all

select
    line.unit,
    single.person_key,
    line.row_id
from lnk_single as single
inner join lnk_row as line
    on
        coalesce(line.number, line.kept) = single.number
        and line.name_key = single.name_key
anti join lnk_exact as exact on exact.row_id = line.row_id
where not single.is_contested

union all

select
    line.unit,
    school.person_key,
    line.row_id
from lnk_school_no as school
inner join lnk_row as line on line.row_id = school.row_id;
