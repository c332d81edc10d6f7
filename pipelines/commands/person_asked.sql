-- One row per person whose number it is or was, by the key that they answer to now.
create or replace table asked as
with keys as (
    select coalesce(person.alias_of, person.person_key) as person_key
    from mem_person as person
    inner join wanted on person.pid = wanted.person_id

    union

    select record.person_key
    from record
    inner join wanted
        on
            upper(trim(record.id_as_read)) = wanted.person_id
            or left(upper(trim(record.id_as_read)), 18) = wanted.person_id
    where record.person_key is not null and record.source in ('monitored_person', 'yulu_roster')
)

select
    wanted.person_id,
    keys.person_key
from wanted
left join keys on true
