-- One row = one register row of the last snapshot of its township before the current one.
with now_on as (
    select
        township_key,
        max(snapshot_on) as now_on
    from lnk_known
    where origin = 'register' and is_current
    group by township_key
),

last_on as (
    select
        known.township_key,
        max(known.snapshot_on) as last_on,
        max(now_on.now_on) as now_on
    from lnk_known as known
    inner join now_on on now_on.township_key = known.township_key
    where
        known.origin = 'register'
        and not known.is_current
        and known.snapshot_on < now_on.now_on
    group by known.township_key
)

select
    known.row_id,
    known.person_key,
    known.township_key,
    known.household_no,
    known.pid,
    known.snapshot_on as last_on,
    last_on.now_on
from lnk_known as known
inner join last_on
    on
        last_on.township_key = known.township_key
        and last_on.last_on = known.snapshot_on
where known.origin = 'register'
