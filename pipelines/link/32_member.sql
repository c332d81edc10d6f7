-- One row per register or departure row with the person it is about (`root`). A
-- departure without a usable number is the one member of that household or village
-- with that name; else it is a person of its own.
create or replace table lnk_member as
with registered as (
    select
        sighting.row_id,
        coalesce(chain.root, sighting.node) as root,
        sighting.node
    from lnk_sighting as sighting
    left join lnk_chain as chain on chain.node = sighting.node
),

known as (
    select distinct
        registered.root,
        mention.name_key,
        mention.household_no,
        mention.township_key,
        mention.village_key
    from registered
    inner join lnk_mention as mention on mention.row_id = registered.row_id
    where mention.name_key is not null
),

unnumbered as (
    select
        row_id,
        id_text,
        name_key,
        household_no,
        township_key,
        village_key
    from lnk_mention
    where origin = 'departure' and pid is null
),

at_home as (
    select
        unnumbered.row_id,
        min(known.root) as root
    from unnumbered
    inner join known
        on
            known.household_no = unnumbered.household_no
            and known.name_key = unnumbered.name_key
    group by unnumbered.row_id
    having count(distinct known.root) = 1
),

in_village as (
    select
        unnumbered.row_id,
        min(known.root) as root
    from unnumbered
    inner join known
        on
            known.village_key = unnumbered.village_key
            and known.name_key = unnumbered.name_key
            and coalesce(known.township_key = unnumbered.township_key, true)
    group by unnumbered.row_id
    having count(distinct known.root) = 1
),

departed as (
    select
        mention.row_id,
        coalesce(
            chain.root,
            mention.pid,
            at_home.root,
            in_village.root,
            concat_ws(
                '|', 't', mention.id_text, mention.name_key, mention.township_key,
                mention.village_key
            )
        ) as root,
        coalesce(mention.pid, at_home.root, in_village.root) as node
    from lnk_mention as mention
    left join lnk_chain as chain on chain.node = mention.pid
    left join at_home on at_home.row_id = mention.row_id
    left join in_village on in_village.row_id = mention.row_id
    where mention.origin = 'departure'
)

select
    row_id,
    root,
    node
from registered

union all

select
    row_id,
    root,
    coalesce(node, root) as node
from departed;
