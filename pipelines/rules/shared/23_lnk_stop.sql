-- One row = one subject and period that a status of the school register covers, which by
-- the policy of the period stops or pauses the subsidy: dated no later than the period's
-- end and not followed by a return; 毕业 only when dated before the reference day (ruling
-- 15). An undated status speaks for its own period and later. 转出 is the business of the
-- school it went to, which has a row of its own.
with told as (
    select
        stated.subject_key,
        stated.row_id,
        stated.register_status,
        stated.status_written,
        stated.source_zh,
        stated.listed_on,
        stated.status_on,
        coalesce(
            stated.status_on, stated.reference_on
        ) as since_on,
        stated.reference_on as told_for_on
    from lnk_school as stated
    where stated.subject_key is not null and stated.register_status is not null
),

stop as (
    select *
    from told
    where register_status in (select stopping.register_status from ref_stop as stopping)
),

period as (
    select distinct
        period_no,
        reference_on,
        ends_on
    from ref_period
    where
        period_no in (select period_no from lnk_roster)
        or period_no in (select period_no from lnk_paid)
)

select
    stop.subject_key,
    period.period_no,
    stop.row_id,
    stop.register_status,
    stop.status_written,
    stop.status_on,
    stop.source_zh,
    stop.since_on
from stop
inner join period on stop.since_on <= period.ends_on
inner join ref_stop as policy
    on
        policy.period_no = period.period_no
        and policy.register_status = stop.register_status
        and (
            policy.effect <> 'end'
            or (
                stop.status_on < period.reference_on
                -- undated: not in school in a period after the one it was told for
                or (stop.status_on is null and stop.told_for_on < period.reference_on)
            )
        )
where
    not exists (
        select 1 from told as back
        where
            back.subject_key = stop.subject_key
            and back.register_status = '在籍在读'
            and back.since_on >= stop.since_on
            and back.since_on <= period.ends_on
            and back.row_id <> stop.row_id
    )
qualify
    row_number() over (
        partition by stop.subject_key, period.period_no
        order by stop.since_on desc, stop.row_id desc
    ) = 1
