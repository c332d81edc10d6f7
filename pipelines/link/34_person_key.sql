-- One row per person of tonight: the key to answer to, stable from night to night.
-- A person known from an earlier night keeps that key, also under a corrected number;
-- two people never share one: the first owner of the number wins.
create or replace table lnk_person_key as
with node as (
    select
        member.root,
        member.node,
        min(mention.snapshot_on) as first_seen_on,
        min(mention.newness) as newness
    from lnk_member as member
    inner join lnk_mention as mention on mention.row_id = member.row_id
    group by member.root, member.node
),

root as (
    select
        root,
        min(newness) as newness,
        -- the identity it was first seen under; the undated ones of departures last
        'p' || left(
            md5(
                first(
                    node
                    order by first_seen_on nulls last, node
                )
            ),
            16
        ) as fresh_key
    from node
    group by root
),

described as (
    select
        member.root,
        mention.person_no,
        mention.name_key
    from lnk_member as member
    inner join lnk_mention as mention on mention.row_id = member.row_id
    where mention.person_no is not null and mention.name_key is not null
    qualify
        row_number() over (partition by member.root order by mention.newness) = 1
),

claim as (
    select
        node.root,
        his_person.person_key,
        1 as rank,
        his_person.last_seen_on
    from node
    inner join his_person on his_person.pid = node.node

    union all

    -- a number corrected since: the same 人编号 and name under a number now gone
    select
        described.root,
        his_person.person_key,
        2 as rank,
        his_person.last_seen_on
    from described
    inner join his_person
        on
            his_person.person_no = described.person_no
            and his_person.name_key = described.name_key
    where his_person.pid is null or his_person.pid not in (select node from node)
),

-- each person's best claim, then each key's best claimant
wanted as (
    select
        claim.root,
        claim.person_key,
        claim.rank,
        root.fresh_key,
        root.newness
    from claim
    inner join root on root.root = claim.root
    qualify
        row_number() over (
            partition by claim.root
            order by
                claim.rank,
                claim.person_key <> root.fresh_key,
                claim.last_seen_on desc nulls last,
                claim.person_key
        ) = 1
),

granted as (
    select
        root,
        person_key
    from wanted
    qualify
        row_number() over (
            partition by person_key
            order by rank, person_key <> fresh_key, newness
        ) = 1
),

keyed as (
    select
        root.root,
        granted.person_key is not null as is_granted,
        coalesce(granted.person_key, root.fresh_key) as person_key
    from root
    left join granted on granted.root = root.root
)

select
    root,
    -- a fresh key that history has already given to somebody else
    case
        when count(*) over (partition by person_key) > 1 and not is_granted
            then 'p' || left(md5(person_key || '|' || root), 16)
        else person_key
    end as person_key
from keyed;

-- One row per key of an earlier night that means another person of tonight.
create or replace table lnk_key_alias as
select
    person_key as former_key,
    person_key
from his_person
where false;

-- One row per row of the register or the departures with its person.
create or replace table lnk_known as
select
    mention.*,
    keyed.person_key,
    member.node
from lnk_mention as mention
inner join lnk_member as member on member.row_id = mention.row_id
inner join lnk_person_key as keyed on keyed.root = member.root;
