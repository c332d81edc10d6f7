-- One row per person whose register entry is asked about singly (spec section 4): on a
-- roster, in vocational school, young in an entitled household, or head of such people.
create or replace table lnk_scope as
with young as (
    select
        person.person_key,
        person.household_no,
        person.snapshot_on
    from lnk_person as person
    inner join lnk_standing_every as now
        on now.person_key = person.person_key and now.period_no is null
    cross join lnk_limit
    cross join run
    where
        person.is_current
        and now.is_entitled
        and age_on(person.birth_on, run.as_of)
        between lnk_limit.scope_age_from and lnk_limit.scope_age_to
),

vocational as (
    select person.person_key
    from lnk_person as person
    inner join lnk_register as register
        on
            register.person_key = person.person_key
            and register.snapshot_on = person.snapshot_on
            and register.is_current
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    inner join ref_school_state as state on state.label = stated.school_state
    where state.is_vocational
),

member as (
    select
        person_key,
        'roster' as why,
        1 as rank
    from lnk_roster
    where person_key is not null

    union

    select
        person_key,
        'vocational' as why,
        2 as rank
    from vocational

    union

    select
        person_key,
        'age' as why,
        3 as rank
    from young
),

head as (
    select distinct
        known.person_key,
        'head' as why,
        4 as rank
    from member
    inner join lnk_person as person on person.person_key = member.person_key
    inner join lnk_known as known
        on
            known.household_no = person.household_no
            and known.snapshot_on = person.snapshot_on
            and known.relation = '户主'
    where person.is_current
)

select
    person_key,
    why
from (
    select * from member
    union all
    select * from head
) as every
qualify row_number() over (partition by person_key order by rank) = 1;
