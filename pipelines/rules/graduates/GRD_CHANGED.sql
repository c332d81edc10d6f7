/* ---
title      = "就业变动未更新"
asks       = "该生换工作或不干了吗？现在在哪里？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["graduate_destination", "graduate_destination.destination", "monitored_job"]
answers    = ["换了单位，已更新", "已离职，去向已更新", "务工记录有误，已更正", "无法联系"]
proof      = "劳动合同、离职证明"
why        = "就业变动要及时更新，失业的要帮扶。"
clause     = "就业情况清单：就业变动及时更新"
since      = 2021-09-01
--- */
-- One row = one graduate listed as employed, whose job record ended after the report, or
-- whose open record names another employer begun since.
with reported as (
    select
        graduate.*,
        coalesce(
            graduate.reported_on, graduate.job_started_on, graduate.graduation_on
        ) as told_on
    from lnk_graduate as graduate
    inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
    where graduate.destination_group = 'employer'
),

job as (
    select *
    from lnk_job
    qualify
        row_number() over (
            partition by subject_key
            order by is_open desc, started_on desc nulls last, ended_on desc, row_id desc
        ) = 1
)

select
    reported.subject_key,
    no_text() as period_no,
    coalesce(reported.employer, reported.destination) as observed,
    case
        when job.is_open then job.employer
        else day_zh(job.ended_on) || '结束'
    end as expected,
    0 as yuan_at_stake,
    reported.source_zh || '去向为“' || reported.destination_written || '”'
    || coalesce('（' || reported.employer || '）', '') || '；' || job.source_zh || case
        when job.is_open
            then
                '登记' || strftime(job.started_on, '%Y年%m月') || '起在“' || job.employer
                || '”务工。'
        else '登记的务工已于' || day_zh(job.ended_on) || '结束。'
    end as sentence,
    list_sort([
        cell(reported.row_id, 'destination'), cell(reported.row_id, 'employer'),
        cell(job.row_id, 'ended_on'), cell(job.row_id, 'employer'),
    ]) as evidence,
    no_text() as hold_reason
from reported
inner join job on job.subject_key = reported.subject_key
where
    (not job.is_open and job.ended_on >= reported.told_on)
    or (
        job.is_open
        and job.started_on > reported.told_on
        and school_key(job.employer) <> school_key(reported.employer)
        and not contains(school_key(job.employer), school_key(reported.employer))
        and not contains(school_key(reported.employer), school_key(job.employer))
    )
