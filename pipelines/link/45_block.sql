-- Blocking: which pairs are looked at at all. Every rule is a join on equal keys, so
-- the work grows with the rows, not with their product.

-- One row per name that more than two hundred people of one village bear (姓名 left as
-- 无名氏, a village of one clan): the name is no key there; head or number must be.
create or replace table lnk_crowd as
select
    name_key,
    village_key
from lnk_claim
where village_key is not null
group by name_key, village_key
having count(distinct person_key) > 200;

-- One row per blocking rule, probe and person of the same name that it brings together.
create or replace table lnk_block as
with claim_head as (
    select distinct
        name_key,
        head_pid,
        person_key
    from lnk_claim
    where head_pid is not null
),

claim_village as (
    select distinct
        claim.name_key,
        claim.village_key,
        claim.township_key,
        claim.person_key
    from lnk_claim as claim
    anti join lnk_crowd as crowd
        on
            crowd.name_key = claim.name_key
            and crowd.village_key = claim.village_key
    where claim.village_key is not null
)

select
    'village' as rule,
    probe.probe_key,
    claim.person_key
from lnk_probe as probe
inner join claim_village as claim
    on
        claim.name_key = probe.name_key
        and claim.village_key = probe.village_key
where coalesce(claim.township_key = probe.township_key, true)

union

select
    'head_number' as rule,
    probe.probe_key,
    claim.person_key
from lnk_probe as probe
inner join claim_head as claim
    on claim.name_key = probe.name_key and claim.head_pid = probe.head_pid

union

-- the head of a roster may be any member of the register's household: the father
-- stands in one, the grandfather in the other; so may the guardian
select
    'household' as rule,
    probe.probe_key,
    home.person_key
from (
    select
        probe_key,
        name_key,
        unnest([head_pid, guardian_pid]) as relative_pid
    from lnk_probe
) as probe
inner join lnk_home as member on member.pid = probe.relative_pid
inner join lnk_home as home
    on
        home.household_no = member.household_no
        and home.snapshot_on = member.snapshot_on
        and home.name_key = probe.name_key
where home.person_key <> member.person_key

union

-- the head's name counts within the village; within the township only for a row
-- that gives no village
select
    'head_name' as rule,
    probe.probe_key,
    claim.person_key
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

union

select
    'household_no' as rule,
    probe.probe_key,
    home.person_key
from lnk_probe as probe
inner join lnk_home as home
    on home.household_no = probe.household_no and home.name_key = probe.name_key

union

select
    'person_no' as rule,
    probe.probe_key,
    known.person_key
from lnk_probe as probe
inner join lnk_known as known
    on known.person_no = probe.person_no and known.name_key = probe.name_key

union

-- the student's own number stands in the head's column
select
    'head_column' as rule,
    probe.probe_key,
    known.person_key
from lnk_probe as probe
inner join lnk_known_number as known
    on known.number = probe.head_column_pid and known.kind in ('pid', 'former')
inner join lnk_claim as claim
    on claim.person_key = known.person_key and claim.name_key = probe.name_key;

-- One row per probe and person whom any rule brings together.
create or replace table lnk_pair as
select
    probe_key,
    person_key,
    bool_or(rule in ('village', 'head_name')) as is_same_village,
    bool_or(rule <> 'village') as is_same_head,
    bool_or(rule = 'head_column') as is_own_in_head_column
from lnk_block
group by probe_key, person_key;

-- One row per pair of different names: a probe's head, and a member of the household of
-- somebody it may be about (or that household's head).
create or replace table lnk_head_pair as
with doubted as (
    select
        pair.person_key,
        probe.head_name_key
    from lnk_pair as pair
    inner join lnk_probe as probe on probe.probe_key = pair.probe_key
    where not pair.is_same_head and probe.head_name_key is not null
)

select distinct
    doubted.head_name_key as one,
    claim.head_name_key as other
from doubted
inner join lnk_claim as claim on claim.person_key = doubted.person_key
where claim.head_name_key <> doubted.head_name_key;
