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
left join lnk_key_alias as alias on alias.former_key = his_person.person_key
inner join lnk_person as person
    on person.person_key = coalesce(alias.person_key, his_person.person_key)
where
    is_id18(his_person.pid)
    and his_person.pid not in (
        select pid from lnk_known
        where pid is not null
    )
group by his_person.pid
having count(distinct person.person_key) = 1;

-- One row per way a person was ever described: what a roster row may agree with. A
-- former name that the register gives in brackets is a name of that person too.
create or replace table lnk_claim as
with named as (
    select
        person_key,
        name_key,
        match_township_key as township_key,
        village_key,
        head_pid,
        head_name_key,
        false as is_former
    from lnk_known
    where name_key is not null

    union all

    select
        person_key,
        former_key as name_key,
        match_township_key as township_key,
        village_key,
        head_pid,
        head_name_key,
        true as is_former
    from lnk_known
    where former_key is not null
)

select
    person_key,
    name_key,
    township_key,
    village_key,
    head_pid,
    head_name_key,
    bool_and(is_former) as is_former
from named
group by all;

-- One row per household member and snapshot: who lives with whom. What more than forty
-- people share (0, 无, a village's number) is no household.
create or replace table lnk_home as
with member as (
    select distinct
        household_no,
        snapshot_on,
        person_key,
        name_key,
        pid
    from lnk_known
    where household_no is not null and origin = 'register'
)

select *
from member
qualify count(*) over (partition by household_no, snapshot_on) <= 40;
