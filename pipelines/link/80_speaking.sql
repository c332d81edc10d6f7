-- One row per period that this night is about: it has roster rows or payments, or a
-- snapshot speaks for its school year. `year_*` are the bounds of that school year. A
-- term that has not begun has nothing to be asked about.
create or replace table lnk_period as
with bounds as (
    select
        school_year,
        min(starts_on) as year_starts_on,
        max(ends_on) as year_ends_on,
        max(greatest(coalesce(grace_until, ends_on), ends_on)) as speaks_until
    from ref_period
    group by school_year
),

told as (
    select period_no from lnk_row
    union
    select period_no from lnk_transfer
    union
    select period.period_no
    from ref_period as period
    inner join bounds on bounds.school_year = period.school_year
    inner join (select distinct snapshot_on from lnk_register) as snapshot
        on snapshot.snapshot_on between bounds.year_starts_on and bounds.speaks_until
    where period.starts_on <= (select run.as_of from run)
)

select
    period.period_no,
    period.school_year,
    period.reference_on,
    period.starts_on,
    bounds.year_starts_on,
    bounds.year_ends_on,
    bounds.speaks_until
from ref_period as period
inner join bounds on bounds.school_year = period.school_year
where
    period.period_no in (
        select told.period_no from told
        where told.period_no is not null
    );

-- One row per person and period for which a snapshot speaks: the newest row that does
-- (after the year's end it speaks in grace), and the newest of the year itself.
create or replace table lnk_speaking as
with spoken as (
    select
        register.person_key,
        period.period_no,
        register.row_id,
        register.snapshot_on,
        register.snapshot_on > period.year_ends_on as in_grace,
        row_number() over (
            partition by register.person_key, period.period_no
            order by
                register.snapshot_on desc,
                register.is_current desc,
                -- two layouts of one date: the one that has the column speaks
                person.school_state is null,
                known.newness
        ) as turn,
        row_number() over (
            partition by register.person_key, period.period_no
            order by
                register.snapshot_on > period.year_ends_on,
                register.snapshot_on desc,
                register.is_current desc,
                person.school_state is null,
                known.newness
        ) as turn_in_year
    from lnk_register as register
    inner join stg_monitored_person as person on person.row_id = register.row_id
    inner join lnk_known as known on known.row_id = register.row_id
    inner join lnk_period as period
        on
            register.snapshot_on >= period.year_starts_on
            and register.snapshot_on <= period.speaks_until
)

select
    newest.person_key,
    newest.period_no,
    newest.row_id,
    newest.snapshot_on,
    newest.in_grace,
    case when not in_year.in_grace and in_year.row_id <> newest.row_id then in_year.row_id end
        as in_year_row_id
from spoken as newest
inner join spoken as in_year
    on
        in_year.person_key = newest.person_key
        and in_year.period_no = newest.period_no
        and in_year.turn_in_year = 1
where newest.turn = 1;
