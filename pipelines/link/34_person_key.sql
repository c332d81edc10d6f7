-- One row per key of an earlier night and identity of tonight that may be the same person.
-- `rank` 1: the number, and the name too · 2: the number that the key was last known by
-- · 3: the number was corrected since, 人编号 and name are the same · 4: it was corrected,
-- and household or head, name and all but two digits are the same. `is_own`: the
-- identity that the key was made of.
create or replace table lnk_key_claim as
with node as (
    select
        member.root,
        member.node,
        min(mention.newness) as newness
    from lnk_member as member
    inner join lnk_mention as mention on mention.row_id = member.row_id
    group by member.root, member.node
),

named as (
    select distinct
        member.root,
        mention.name_key,
        mention.person_no,
        mention.household_no,
        mention.head_pid
    from lnk_member as member
    inner join lnk_mention as mention on mention.row_id = member.row_id
),

-- a number once on a key, with the day it was last seen there
remembered as (
    select
        person_key,
        pid,
        name_key,
        person_no,
        household_no,
        head_pid,
        alias_of,
        last_seen_on,
        min(first_seen_on) over (partition by person_key) as first_seen_on,
        max(last_seen_on) over (partition by person_key) as newest_on,
        max(last_seen_on) over (partition by person_key, pid) as number_newest_on
    from his_person
),

by_number as (
    select
        node.root,
        past.person_key,
        past.alias_of,
        bool_or(named.root is not null) as is_named,
        bool_or(past.number_newest_on is not distinct from past.newest_on) as is_newest,
        bool_or(past.person_key = 'p' || left(md5(node.node), 16)) as is_own,
        max(past.last_seen_on) as last_seen_on,
        min(past.first_seen_on) as first_seen_on
    from node
    inner join remembered as past on past.pid = node.node
    left join named on named.root = node.root and named.name_key = past.name_key
    group by node.root, past.person_key, past.alias_of
),

-- keys of which no number is anybody's tonight, and people whom no key knows by number
gone as (
    select *
    from remembered
    where
        alias_of is null
        and person_key not in (
            select past.person_key
            from remembered as past
            inner join node on node.node = past.pid
        )
),

fresh as (
    select named.*
    from named
    where
        root not in (
            select root from by_number
            where is_named or is_newest
        )
),

by_no as (
    select distinct
        fresh.root,
        gone.person_key,
        3 as rank
    from fresh
    inner join gone
        on gone.person_no = fresh.person_no and gone.name_key = fresh.name_key
),

numbered as (
    select
        root,
        min(node) filter (where is_id18(node)) as number
    from node
    group by root
),

by_home as (
    select distinct
        fresh.root,
        gone.person_key,
        4 as rank
    from fresh
    inner join gone
        on gone.household_no = fresh.household_no and gone.name_key = fresh.name_key
    inner join numbered on numbered.root = fresh.root
    where
        numbered.number is null
        or not is_id18(gone.pid)
        or damerau_levenshtein(numbered.number, gone.pid) <= 2

    union

    select distinct
        fresh.root,
        gone.person_key,
        4 as rank
    from fresh
    inner join gone
        on gone.head_pid = fresh.head_pid and gone.name_key = fresh.name_key
    inner join numbered on numbered.root = fresh.root
    where
        numbered.number is null
        or not is_id18(gone.pid)
        or damerau_levenshtein(numbered.number, gone.pid) <= 2
),

every as (
    select *
    from by_no

    union all

    select *
    from by_home
    where
        root not in (select root from by_no)
        and person_key not in (select person_key from by_no)
),

corrected as (
    select *
    from every
    -- one of two possible ones is a guess
    qualify
        count(*) over (partition by root) = 1
        and count(*) over (partition by person_key) = 1
)

select
    by_number.root,
    by_number.person_key,
    by_number.alias_of,
    case when by_number.is_named then 1 else 2 end as rank,
    by_number.is_own,
    by_number.last_seen_on,
    by_number.first_seen_on,
    newest.newness
from by_number
inner join (
    select
        root,
        min(newness) as newness
    from node
    group by root
) as newest on newest.root = by_number.root
where by_number.is_named or by_number.is_newest

union all

select
    corrected.root,
    corrected.person_key,
    null as alias_of,
    corrected.rank,
    false as is_own,
    max(gone.newest_on) as last_seen_on,
    min(gone.first_seen_on) as first_seen_on,
    min(node.newness) as newness
from corrected
inner join gone on gone.person_key = corrected.person_key
inner join node on node.root = corrected.root
group by corrected.root, corrected.person_key, corrected.rank;

-- One row per person of tonight: the key to answer to, stable from night to night. Of
-- several keys that turn out to be one person's the oldest survives and the others
-- become names for it (lnk_key_alias). Of several people who were one by mistake the
-- first owner keeps the key; the others take back what they had before, or a new one.
create or replace table lnk_person_key as
with root as (
    select
        member.root,
        min(mention.newness) as newness,
        -- the identity it was first seen under; the undated ones of departures last
        'p' || left(
            md5(first(member.node order by mention.snapshot_on nulls last, member.node)), 16
        ) as fresh_key
    from lnk_member as member
    inner join lnk_mention as mention on mention.row_id = member.row_id
    group by member.root
),

-- a key that became a name for another one speaks for that one
spoken_for as (
    select
        root,
        coalesce(alias_of, person_key) as person_key,
        min(rank) as rank,
        bool_or(is_own and alias_of is null) as is_own,
        max(last_seen_on) as last_seen_on,
        min(first_seen_on) as first_seen_on,
        min(newness) as newness
    from lnk_key_claim
    group by root, coalesce(alias_of, person_key)
),

wanted as (
    select *
    from spoken_for
    qualify
        row_number() over (
            partition by root order by rank, first_seen_on nulls last, person_key
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
            order by rank, is_own desc, last_seen_on desc nulls last, newness
        ) = 1
),

-- who lost the key that was shared by mistake: the best that nobody has
second_best as (
    select *
    from lnk_key_claim
    where
        root in (select root from wanted)
        and root not in (select root from granted)
        and person_key not in (select person_key from granted)
    qualify
        row_number() over (
            partition by root
            order by is_own desc, rank, first_seen_on nulls last, person_key
        ) = 1
),

given_back as (
    select
        root,
        person_key
    from second_best
    qualify
        row_number() over (
            partition by person_key
            order by rank, is_own desc, last_seen_on desc nulls last, newness
        ) = 1
),

kept as (
    select * from granted
    union all
    select * from given_back
),

past_key as (
    select distinct person_key
    from his_person
),

keyed as (
    select
        root.root,
        kept.person_key is not null as is_kept,
        coalesce(kept.person_key, root.fresh_key) as person_key
    from root
    left join kept on kept.root = root.root
)

select
    keyed.root,
    -- a fresh key that history, or another of tonight, has already
    case
        when keyed.is_kept then keyed.person_key
        when
            past_key.person_key is not null
            or count(*) over (partition by keyed.person_key) > 1
            then 'p' || left(md5(keyed.person_key || '|' || keyed.root), 16)
        else keyed.person_key
    end as person_key
from keyed
left join past_key on past_key.person_key = keyed.person_key;

-- One row per key of an earlier night that by now means the person of another key.
create or replace table lnk_key_alias as
with taken as (
    select person_key
    from lnk_person_key
),

-- claimed by somebody who answers to an older key, and by nobody else
merged as (
    select
        claim.person_key as former_key,
        keyed.person_key
    from lnk_key_claim as claim
    inner join lnk_person_key as keyed on keyed.root = claim.root
    where
        claim.alias_of is null
        and claim.rank in (1, 3)
        and claim.person_key not in (select person_key from taken)
    qualify
        row_number() over (
            partition by claim.person_key
            order by
                claim.rank,
                claim.is_own desc,
                claim.last_seen_on desc nulls last,
                claim.newness
        ) = 1
),

before as (
    select
        person_key as former_key,
        min(alias_of) as alias_of
    from his_person
    where
        alias_of is not null
        and person_key not in (select person_key from taken)
        and person_key not in (select former_key from merged)
    group by person_key
)

select
    former_key,
    person_key
from merged

union all

select
    before.former_key,
    coalesce(merged.person_key, before.alias_of) as person_key
from before
left join merged on merged.former_key = before.alias_of;

-- One row per row of the register or the departures with its person.
create or replace table lnk_known as
select
    mention.*,
    keyed.person_key,
    member.node
from lnk_mention as mention
inner join lnk_member as member on member.row_id = mention.row_id
inner join lnk_person_key as keyed on keyed.root = member.root;
