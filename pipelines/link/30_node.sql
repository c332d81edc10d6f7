-- One row per register row: the identity it stands under before corrections are
-- followed: its number, else 人编号 + name, else 户编号 + name, else what it says.
create or replace table lnk_sighting as
select
    row_id,
    newness,
    snapshot_on,
    person_no,
    name_key,
    household_no,
    head_pid,
    case
        when pid is not null then pid
        when person_no is not null then concat_ws('|', 'n', person_no, name_key)
        when household_no is not null and name_key is not null
            then concat_ws('|', 'h', household_no, name_key)
        else
            concat_ws(
                '|', 't', id_text, name_key, township_key, village_key, head_name_key
            )
    end as node,
    pid,
    number
from lnk_mention
where origin = 'register';

-- One row per pair of identities that are one person, both ways round. Three reasons:
-- the same 人编号 and name in different snapshots (a corrected number), the same
-- household and name with numbers at most two typing errors apart, or the same head and
-- name where a number is missing (the monthly list has neither 人编号 nor 户编号). A
-- 人编号 or a name that means two people within one snapshot proves nothing.
create or replace table lnk_same as
with trusted_no as (
    select
        person_no,
        name_key
    from lnk_sighting
    where person_no is not null and name_key is not null
    group by person_no, name_key
    having count(distinct node) > 1
),

doubtful_no as (
    select person_no
    from lnk_sighting
    where person_no in (select person_no from trusted_no)
    group by person_no, snapshot_on
    having count(distinct node) > 1 or count(distinct name_key) > 1
),

by_no as (
    select distinct
        sighting.node,
        sighting.pid,
        concat_ws('|', sighting.person_no, sighting.name_key) as bond
    from lnk_sighting as sighting
    inner join trusted_no
        on
            trusted_no.person_no = sighting.person_no
            and trusted_no.name_key = sighting.name_key
    where sighting.person_no not in (select person_no from doubtful_no)
),

doubtful_home as (
    select
        household_no,
        name_key
    from lnk_sighting
    where household_no is not null and name_key is not null
    group by household_no, name_key, snapshot_on
    having count(distinct node) > 1
),

by_home as (
    select distinct
        sighting.node,
        sighting.number,
        concat_ws('|', sighting.household_no, sighting.name_key) as bond
    from lnk_sighting as sighting
    anti join doubtful_home
        on
            doubtful_home.household_no = sighting.household_no
            and doubtful_home.name_key = sighting.name_key
    where sighting.household_no is not null and sighting.name_key is not null
    qualify count(*) over (partition by bond) > 1
),

doubtful_head as (
    select
        head_pid,
        name_key
    from lnk_sighting
    where head_pid is not null and name_key is not null
    group by head_pid, name_key, snapshot_on
    having count(distinct node) > 1
),

by_head as (
    select distinct
        sighting.node,
        sighting.number,
        concat_ws('|', sighting.head_pid, sighting.name_key) as bond
    from lnk_sighting as sighting
    anti join doubtful_head
        on
            doubtful_head.head_pid = sighting.head_pid
            and doubtful_head.name_key = sighting.name_key
    where sighting.head_pid is not null and sighting.name_key is not null
    qualify count(*) over (partition by bond) > 1
),

pair as (
    select
        one.node as node_a,
        other.node as node_b
    from by_no as one
    inner join by_no as other on other.bond = one.bond and other.node <> one.node

    union

    select
        one.node as node_a,
        other.node as node_b
    from by_home as one
    inner join by_home as other on other.bond = one.bond and other.node <> one.node
    where
        one.number is null
        or other.number is null
        or damerau_levenshtein(one.number, other.number) <= 2

    union

    select
        one.node as node_a,
        other.node as node_b
    from by_head as one
    inner join by_head as other on other.bond = one.bond and other.node <> one.node
    where one.number is null or other.number is null
)

select distinct
    node_a,
    node_b
from pair;

-- One row per identity that was ever another: the smallest of its chain.
create or replace table lnk_chain as
with recursive reach as (
    select
        node_a as node,
        node_b as other
    from lnk_same

    union

    select
        reach.node,
        lnk_same.node_b as other
    from reach
    inner join lnk_same on lnk_same.node_a = reach.other
),

chain as (
    select
        node,
        least(node, min(other)) as root
    from reach
    group by node
),

-- two identities side by side in one snapshot are two people, whatever the numbers say
broken as (
    select
        chain.root,
        sighting.snapshot_on
    from chain
    inner join lnk_sighting as sighting on sighting.node = chain.node
    group by chain.root, sighting.snapshot_on
    having count(distinct chain.node) > 1
)

select
    chain.node,
    chain.root
from chain
anti join broken on broken.root = chain.root;
