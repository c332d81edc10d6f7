-- One row per source, period and township: how many subjects tonight, how many at best
-- in the nights remembered, how many in the snapshot (or period) before.
create or replace table lnk_extent as
with today as (
    select
        source,
        period_no,
        township,
        count(distinct subject_key) filter (where is_current) as rows,
        max(snapshot_on) filter (where is_current) as snapshot_on,
        coalesce(bool_or(is_miscounted) filter (where is_current), false)
            as is_miscounted
    from lnk_present
    where township is not null
    group by source, period_no, township
),

-- the month's best figure, not only last night's: a partial file that lies there for
-- two nights must not become the new normal
remembered as (
    select
        past.source,
        past.period_no,
        past.township,
        max(past.rows) as best_rows
    from his_coverage as past
    cross join run
    cross join lnk_limit
    cross join (select max(as_of) as as_of from his_coverage) as last_night
    where
        past.township is not null
        and (
            past.as_of >= run.as_of - cast(lnk_limit.shrink_memory_days as integer)
            or past.as_of = last_night.as_of
        )
    group by past.source, past.period_no, past.township
),

older as (
    select
        present.source,
        present.township,
        present.snapshot_on,
        count(distinct present.subject_key) as rows
    from lnk_present as present
    inner join today
        on today.source = present.source and today.township = present.township
    where
        present.source = 'monitored_person'
        and not present.is_current
        and present.snapshot_on < today.snapshot_on
    group by present.source, present.township, present.snapshot_on
),

older_snapshot as (
    select
        source,
        township,
        arg_max(rows, snapshot_on) as rows
    from older
    group by source, township
),

-- every township of which the register or the rosters ever spoke is expected
expected as (
    select distinct
        source.source,
        source.period_no,
        town.township
    from (
        select distinct source, period_no from lnk_present
        union
        select source, period_no from remembered
    ) as source
    cross join (
        select township from today
        where source in ('monitored_person', 'yulu_roster')
        union
        select township from lnk_present
        where source = 'monitored_person' and township is not null
        union
        select township from remembered
    ) as town
)

select
    expected.source,
    expected.period_no,
    expected.township,
    coalesce(today.rows, 0) as rows,
    today.snapshot_on,
    coalesce(today.is_miscounted, false) as is_miscounted,
    remembered.best_rows,
    coalesce(older_snapshot.rows, before.rows) as rows_before
from expected
left join today
    on
        today.source = expected.source
        and today.period_no is not distinct from expected.period_no
        and today.township = expected.township
left join remembered
    on
        remembered.source = expected.source
        and remembered.period_no is not distinct from expected.period_no
        and remembered.township = expected.township
left join older_snapshot
    on
        older_snapshot.source = expected.source
        and older_snapshot.township = expected.township
left join ref_period as period on period.period_no = expected.period_no
left join today as before
    on
        before.source = expected.source
        and before.period_no = period.previous_no
        and before.township = expected.township;

-- One row per period and township: of those on the approved roster, how many have a
-- payment of the period, whatever became of it, and how many the school registers name.
create or replace table lnk_paid_share as
with approved as (
    select distinct
        link.period_no,
        link.subject_key,
        subject.township
    from lnk_roster as link
    inner join lnk_subject as subject on subject.subject_key = link.subject_key
    where not link.is_applied and subject.township is not null
),

paid as (
    select distinct
        source,
        period_no,
        subject_key
    from lnk_present
    where source in ('yulu_payment', 'school_register')
)

select
    approved.period_no,
    approved.township,
    count(distinct approved.subject_key) as approved,
    count(distinct paid.subject_key) filter (where paid.source = 'yulu_payment') as paid,
    count(distinct paid.subject_key) filter (where paid.source = 'school_register')
        as enrolled
from approved
left join paid
    on
        paid.period_no = approved.period_no
        and paid.subject_key = approved.subject_key
group by approved.period_no, approved.township;
