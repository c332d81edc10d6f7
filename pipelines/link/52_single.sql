-- One row per (number, name) and person still thought possible, best reason first.
create or replace table lnk_possible as
with every as (
    select
        near.number,
        near.name_key,
        near.person_key,
        near.tier,
        near.person_number,
        near.distance,
        null as digits,
        near.is_same_village,
        near.is_same_head
    from lnk_near as near
    anti join lnk_refused as refused
        on
            refused.number = near.number
            and refused.name_key = near.name_key
            and refused.person_key = near.person_key
    anti join lnk_denied as denied
        on
            denied.compared = near.number
            and denied.name_key = near.name_key
            and denied.person_key = near.person_key

    union all

    select
        cut.number,
        cut.name_key,
        cut.person_key,
        cut.tier,
        cut.person_number,
        null as distance,
        cut.digits,
        cut.is_same_village,
        cut.is_same_head
    from lnk_cut as cut
    anti join lnk_denied as denied
        on
            denied.compared = cut.number
            and denied.name_key = cut.name_key
            and denied.person_key = cut.person_key
)

select *
from every
qualify
    row_number() over (
        partition by number, name_key, person_key
        order by tier desc, person_number
    ) = 1;

-- One row per (number, name) with exactly one possible person. Two different numbers
-- of one period that are both near one person's: nobody knows which is the typing
-- error of what ('contested').
create or replace table lnk_single as
with alone as (
    select
        number,
        name_key,
        min(person_key) as person_key,
        min(tier) as tier
    from lnk_possible
    group by number, name_key
    having count(*) = 1
),

listed as (
    select
        alone.person_key,
        alone.number,
        alone.name_key,
        line.unit
    from alone
    inner join lnk_row as line
        on line.number = alone.number and line.name_key = alone.name_key
    where alone.tier = 'id_near'
),

rival as (
    select
        person_key,
        unit
    from listed
    group by person_key, unit
    having count(distinct number) > 1
),

contested as (
    select distinct
        listed.number,
        listed.name_key
    from listed
    inner join rival
        on rival.person_key = listed.person_key and rival.unit = listed.unit
)

select
    alone.number,
    alone.name_key,
    alone.person_key,
    alone.tier,
    contested.number is not null as is_contested
from alone
left join contested
    on contested.number = alone.number and contested.name_key = alone.name_key;
