-- One row per household member and snapshot: who lives with whom.
create or replace table lnk_home as
select distinct
    household_no,
    snapshot_on,
    person_key,
    name_key,
    pid
from lnk_known
where household_no is not null and origin = 'register';

-- One row per probe and person of the same name who shares a village or a head with
-- it: the only pairs that are looked at more closely. Every join is on equal keys, so
-- the work grows with the rows, not with their product.
create or replace table lnk_neighbour as
with pair as (
    select
        probe.probe_key,
        claim.person_key,
        true as is_same_village,
        false as is_same_head
    from lnk_probe as probe
    inner join lnk_claim as claim
        on
            claim.name_key = probe.name_key
            and claim.village_key = probe.village_key
    where coalesce(claim.township_key = probe.township_key, true)

    union all

    select
        probe.probe_key,
        claim.person_key,
        false as is_same_village,
        true as is_same_head
    from lnk_probe as probe
    inner join lnk_claim as claim
        on claim.name_key = probe.name_key and claim.head_pid = probe.head_pid

    union all

    -- the head of a roster may be any member of the register's household: the father
    -- stands in one, the grandfather in the other
    select
        probe.probe_key,
        home.person_key,
        false as is_same_village,
        true as is_same_head
    from lnk_probe as probe
    inner join lnk_home as member on member.pid = probe.head_pid
    inner join lnk_home as home
        on
            home.household_no = member.household_no
            and home.snapshot_on = member.snapshot_on
            and home.name_key = probe.name_key
    where home.person_key <> member.person_key

    union all

    -- the head's name counts within the village; within the township only for a row
    -- that gives no village
    select
        probe.probe_key,
        claim.person_key,
        false as is_same_village,
        true as is_same_head
    from lnk_probe as probe
    inner join lnk_claim as claim
        on
            claim.name_key = probe.name_key
            and claim.head_name_key = probe.head_name_key
    where
        (
            claim.village_key = probe.village_key
            and coalesce(claim.township_key = probe.township_key, true)
        )
        or (
            (claim.village_key is null or probe.village_key is null)
            and claim.township_key = probe.township_key
        )
),

merged as (
    select
        probe_key,
        person_key,
        bool_or(is_same_village) as is_same_village,
        bool_or(is_same_head) as is_same_head
    from pair
    group by probe_key, person_key
),

member_name as (
    select distinct
        merged.probe_key,
        merged.person_key
    from merged
    inner join lnk_probe as probe on probe.probe_key = merged.probe_key
    inner join lnk_home as home on home.person_key = merged.person_key
    inner join lnk_home as member
        on
            member.household_no = home.household_no
            and member.snapshot_on = home.snapshot_on
            and member.name_key = probe.head_name_key
    where
        merged.is_same_village
        and not merged.is_same_head
        and member.person_key <> home.person_key
),

-- the register says who the head is, or at least who else lives there
headed as (
    select person_key
    from lnk_claim
    where head_name_key is not null or head_pid is not null

    union

    select one.person_key
    from lnk_home as one
    inner join lnk_home as other
        on
            other.household_no = one.household_no
            and other.snapshot_on = one.snapshot_on
            and other.person_key <> one.person_key
    where one.person_key in (select person_key from merged)
)

select
    merged.probe_key,
    merged.person_key,
    merged.is_same_village,
    merged.is_same_head or member_name.person_key is not null as is_same_head,
    -- both sides name a head, and no member of the household is it
    not merged.is_same_head
    and member_name.person_key is null
    and (probe.head_pid is not null or probe.head_name_key is not null)
    and headed.person_key is not null as is_other_head
from merged
inner join lnk_probe as probe on probe.probe_key = merged.probe_key
left join member_name
    on
        member_name.probe_key = merged.probe_key
        and member_name.person_key = merged.person_key
left join headed on headed.person_key = merged.person_key;

-- One row per (number, name) and such a person: the same number and name in three
-- rosters is judged once, by all the villages and heads that the three give.
create or replace table lnk_near_pair as
select
    probe.number_class,
    probe.number,
    probe.name_key,
    neighbour.person_key,
    bool_or(probe.is_good) as is_good,
    bool_or(neighbour.is_same_village) as is_same_village,
    bool_or(neighbour.is_same_head) as is_same_head
from lnk_neighbour as neighbour
inner join lnk_probe as probe on probe.probe_key = neighbour.probe_key
where probe.number is not null
group by probe.number_class, probe.number, probe.name_key, neighbour.person_key;
