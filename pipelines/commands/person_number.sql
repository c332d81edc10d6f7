-- One row per number the person is or was known by in the register, the present first.
with known as (
    select
        person.pid as number,
        min(person.first_seen_on) as first_seen_on,
        max(person.last_seen_on) as last_seen_on
    from mem_person as person
    inner join asked
        on coalesce(person.alias_of, person.person_key) = asked.person_key
    where regexp_full_match(person.pid, '[0-9]{15}|[0-9]{17}[0-9X]')
    group by person.pid
)

select
    number,
    first_seen_on,
    last_seen_on,
    coalesce(last_seen_on = max(last_seen_on) over (), true) as is_current
from known
order by last_seen_on desc nulls last, number
