-- One row per probe and person of the same name who shares a village or a head with
-- it: the only pairs that are looked at more closely. A head's name that only sounds or
-- looks like the register's neither agrees nor differs.
create or replace table lnk_neighbour as
with housed as (
    select
        pair.probe_key,
        pair.person_key,
        bool_or(
            coalesce(member.name_key = probe.head_name_key, false)
            or coalesce(member.name_key = probe.guardian_name_key, false)
        ) as is_head_member
    from lnk_pair as pair
    inner join lnk_probe as probe on probe.probe_key = pair.probe_key
    inner join lnk_home as home on home.person_key = pair.person_key
    inner join lnk_home as member
        on
            member.household_no = home.household_no
            and member.snapshot_on = home.snapshot_on
            and member.person_key <> home.person_key
    where not pair.is_same_head
    group by pair.probe_key, pair.person_key
),

-- the register says who the head is
headed as (
    select
        pair.probe_key,
        pair.person_key,
        bool_or(alike.one is not null) as is_alike
    from lnk_pair as pair
    inner join lnk_probe as probe on probe.probe_key = pair.probe_key
    inner join lnk_claim as claim on claim.person_key = pair.person_key
    left join lnk_head_alike as alike
        on
            alike.one = probe.head_name_key
            and alike.other = claim.head_name_key
            and alike.likeness in ('sound', 'look')
    where
        not pair.is_same_head
        and (claim.head_name_key is not null or claim.head_pid is not null)
    group by pair.probe_key, pair.person_key
)

select
    pair.probe_key,
    pair.person_key,
    pair.is_same_village,
    pair.is_same_head
    or (pair.is_same_village and coalesce(housed.is_head_member, false))
        as is_same_head,
    pair.is_own_in_head_column,
    -- both sides name a head, or at least who lives there, and it is nobody of them
    not pair.is_same_head
    and not coalesce(housed.is_head_member, false)
    and (probe.head_pid is not null or probe.head_name_key is not null)
    and (housed.probe_key is not null or headed.probe_key is not null)
    and not coalesce(headed.is_alike, false) as is_other_head
from lnk_pair as pair
inner join lnk_probe as probe on probe.probe_key = pair.probe_key
left join housed
    on housed.probe_key = pair.probe_key and housed.person_key = pair.person_key
left join headed
    on headed.probe_key = pair.probe_key and headed.person_key = pair.person_key;

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
    bool_or(neighbour.is_same_head) as is_same_head,
    bool_and(neighbour.is_other_head) as is_other_head
from lnk_neighbour as neighbour
inner join lnk_probe as probe on probe.probe_key = neighbour.probe_key
where probe.number is not null
group by probe.number_class, probe.number, probe.name_key, neighbour.person_key;
