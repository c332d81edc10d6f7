-- One row = one township and school year, of whose students most show the grade of the
-- snapshot of the school year before, though the promotion grace is over.
with now as (
    select
        register.person_key,
        register.row_id,
        register.snapshot_on,
        stated.school_state,
        year.period_no,
        before.starts_on as before_starts_on,
        before.ends_on as before_ends_on
    from lnk_register as register
    inner join lnk_year as year
        on register.snapshot_on between year.starts_on and year.ends_on
    inner join lnk_year as before on before.start_year = year.start_year - 1
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    where register.is_current and register.snapshot_on > before.grace_until
),

last_year as (
    select
        now.person_key,
        now.row_id,
        arg_max(
            stated.school_state, struct_pack(day := register.snapshot_on, row_no := register.row_id)
        ) as school_state,
        max(register.snapshot_on) as snapshot_on
    from now
    inner join lnk_register as register
        on
            register.person_key = now.person_key
            and register.snapshot_on between now.before_starts_on and now.before_ends_on
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    where stated.school_state is not null
    group by now.person_key, now.row_id
),

compared as (
    select
        person.township,
        now.period_no,
        now.person_key,
        now.row_id,
        now.snapshot_on,
        last_year.snapshot_on as before_on,
        now.school_state = last_year.school_state as is_unchanged
    from now
    inner join last_year on last_year.row_id = now.row_id
    inner join ref_school_state as state on state.label = last_year.school_state
    inner join lnk_person as person on person.person_key = now.person_key
    -- grades that last a year; 小学 is one word for six
    where state.grade is not null and person.township is not null
),

counted as (
    select
        township,
        period_no,
        count(distinct person_key) as compared,
        count(distinct person_key) filter (where is_unchanged) as unchanged,
        max(snapshot_on) as snapshot_on,
        max(before_on) as before_on,
        list_sort(
            list(cell(row_id, 'school_state') order by row_id) filter (where is_unchanged)
        )[1:20] as evidence
    from compared
    group by township, period_no
)

select counted.*
from counted
cross join (
    select max(value) filter (where name = 'unpromoted_share') as share
    from ref_limit
) as limits
where
    counted.unchanged > 1
    and counted.unchanged >= limits.share * counted.compared
