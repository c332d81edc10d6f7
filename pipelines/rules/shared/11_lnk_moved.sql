-- One row = one member of a household, all of whose two or more people are on the list
-- of departures as 迁出.
with member as (
    select
        person_key,
        household_no
    from lnk_person
    where household_no is not null
),

gone as (
    select
        person_key,
        min(departed_on) as departed_on,
        min(row_id) as row_id,
        bool_and(coalesce(reason = '迁出', false)) as is_moved
    from lnk_departure
    where departed_on is not null
    group by person_key
),

left_behind as (
    select
        member.household_no,
        count(*) as people,
        max(gone.departed_on) as moved_on,
        list_sort(list(cell(gone.row_id, 'departure_reason'))) as evidence
    from member
    left join gone on gone.person_key = member.person_key
    group by member.household_no
    having count(*) > 1 and bool_and(coalesce(gone.is_moved, false))
)

select
    member.person_key,
    left_behind.people,
    left_behind.moved_on,
    left_behind.evidence
from member
inner join left_behind on left_behind.household_no = member.household_no
