-- One row per person and day on which its standing is asked (a period's reference day,
-- or tonight with a null period), with the register row that answers: of those that
-- can, the one that speaks for the period, else the first after it, else the last
-- before it.
create or replace table lnk_asked as
with spoken as (
    select
        speaking.person_key,
        speaking.period_no,
        speaking.snapshot_on
    from lnk_speaking as speaking
),

known_day as (
    select
        status.person_key,
        period.period_no,
        period.reference_on as asked_on,
        status.row_id,
        row_number() over (
            partition by status.person_key, period.period_no
            order by
                -- a layout without 户类型 and 监测对象类别 answers nothing
                status.is_told desc,
                coalesce(spoken.snapshot_on = status.snapshot_on, false) desc,
                status.snapshot_on < period.reference_on,
                case
                    when status.snapshot_on < period.reference_on
                        then date_diff('day', status.snapshot_on, period.reference_on)
                    else date_diff('day', period.reference_on, status.snapshot_on)
                end,
                status.is_current desc,
                status.newness
        ) as turn
    from lnk_status as status
    cross join lnk_period as period
    left join spoken
        on
            spoken.person_key = status.person_key
            and spoken.period_no = period.period_no
)

select
    person_key,
    period_no,
    asked_on,
    row_id
from known_day
where turn = 1

union all

select
    status.person_key,
    null as period_no,
    run.as_of as asked_on,
    status.row_id
from lnk_status as status
cross join run
qualify
    row_number() over (
        partition by status.person_key
        order by
            status.is_telling desc,
            status.snapshot_on desc,
            status.is_current desc,
            status.newness
    ) = 1;
