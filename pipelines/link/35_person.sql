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
        'p' || left(
            md5(
                arg_min(
                    node,
                    {
                        'late': first_seen_on is null,
                        'on': coalesce(first_seen_on, date '1900-01-01'),
                        'node': node,
                    }
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

-- One row per row of the register or the departures with its person.
create or replace table lnk_known as
select
    mention.*,
    keyed.person_key,
    member.node
from lnk_mention as mention
inner join lnk_member as member on member.row_id = mention.row_id
inner join lnk_person_key as keyed on keyed.root = member.root;

-- One row per stg_monitored_person row: whose it is.
create or replace table lnk_register as
select
    row_id,
    person_key,
    snapshot_on,
    is_current
from lnk_known
where origin = 'register';

-- One row per stg_member_departure row: whose it is.
create or replace table lnk_departure as
select
    known.row_id,
    known.person_key,
    departure.departed_on,
    departure.departure_reason as reason
from lnk_known as known
inner join stg_member_departure as departure on departure.row_id = known.row_id
where known.origin = 'departure';

-- One row per person known to any register snapshot or departure list, as the newest
-- row of the register tells (else the departure). `person_id`: the newest usable
-- number, else the text as read.
create or replace table lnk_person as
with newest as (
    select *
    from lnk_known
    qualify row_number() over (partition by person_key order by newness) = 1
),

latest_pid as (
    select
        person_key,
        arg_min(pid, newness) as pid
    from lnk_known
    where pid is not null
    group by person_key
),

-- what the newest row leaves open, an older one may say
filled as (
    select
        person_key,
        arg_min(birth_on, newness) filter (where birth_on is not null) as birth_on,
        arg_min(sex, newness) filter (where sex is not null) as sex,
        arg_min(person_no, newness) filter (where person_no is not null) as person_no,
        bool_or(origin = 'register') as in_register
    from lnk_known
    group by person_key
)

select
    newest.person_key,
    coalesce(latest_pid.pid, newest.id_text) as person_id,
    latest_pid.pid,
    newest.name,
    newest.name_key,
    township.township,
    place.village,
    newest.township_key,
    newest.village_key,
    newest.household_no,
    newest.head_name,
    newest.head_pid,
    filled.birth_on,
    coalesce(
        filled.sex,
        case
            when is_id18(latest_pid.pid)
                then
                    case
                        when ascii(substr(latest_pid.pid, 17, 1)) % 2 = 1 then '男'
                        else '女'
                    end
        end
    ) as sex,
    case when newest.origin = 'register' then newest.row_id end as row_id,
    newest.snapshot_on,
    newest.is_current,
    filled.in_register,
    filled.person_no
from newest
inner join filled on filled.person_key = newest.person_key
left join latest_pid on latest_pid.person_key = newest.person_key
left join lnk_township as township on township.township_key = newest.township_key
left join lnk_place as place
    on
        place.township_key = newest.township_key
        and place.village_key = newest.village_key;

-- One row per number a person is or was known by: 'pid' tonight, 'former' from an
-- earlier night, 'text' a wrong number as written (may be several people's).
create or replace table lnk_known_number as
select
    person_key,
    pid as number,
    'pid' as kind,
    bool_and(is_id15) as is_id15
from lnk_known
where pid is not null
group by person_key, pid

union all

select
    person_key,
    number,
    'text' as kind,
    false as is_id15
from lnk_known
where pid is null and number is not null
group by person_key, number

union all

select
    min(person.person_key) as person_key,
    his_person.pid as number,
    'former' as kind,
    false as is_id15
from his_person
inner join lnk_person as person on person.person_key = his_person.person_key
where
    is_id18(his_person.pid)
    and his_person.pid not in (select pid from lnk_known where pid is not null)
group by his_person.pid
having count(distinct his_person.person_key) = 1;

-- One row per way a person was ever described: what a roster row may agree with.
create or replace table lnk_claim as
select distinct
    person_key,
    name_key,
    township_key,
    village_key,
    head_pid,
    head_name_key
from lnk_known
where name_key is not null;
