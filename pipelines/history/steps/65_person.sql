-- One row per person, number, 人编号, name and home ever known; the dates are those of
-- the register, not of the run, so that nights on the same exports remember the same.
-- `alias_of`: the key whose person this one turned out to be.
create or replace table mem_person as
with known as (
    select
        person_key,
        node as pid,
        person_no,
        name_key,
        household_no,
        head_pid,
        snapshot_on as first_seen_on,
        snapshot_on as last_seen_on
    from lnk_known

    union all

    select
        person_key,
        pid,
        person_no,
        name_key,
        household_no,
        head_pid,
        first_seen_on,
        last_seen_on
    from his_person
)

select
    known.person_key,
    known.pid,
    known.person_no,
    known.name_key,
    known.household_no,
    known.head_pid,
    min(known.first_seen_on) as first_seen_on,
    max(known.last_seen_on) as last_seen_on,
    min(alias.person_key) as alias_of
from known
left join lnk_key_alias as alias on alias.former_key = known.person_key
group by
    known.person_key, known.pid, known.person_no, known.name_key, known.household_no,
    known.head_pid
order by
    known.person_key, known.pid, known.person_no, known.name_key, known.household_no,
    known.head_pid;
