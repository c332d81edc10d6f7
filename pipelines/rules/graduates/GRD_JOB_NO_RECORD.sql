/* ---
title      = "就业无务工记录"
asks       = "该生说已就业，请补登务工信息。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["graduate_destination", "graduate_destination.destination", "monitored_job"]
absence_of = "monitored_job"
seen_in    = ["monitored_person", "member_departure"]
answers    = ["已补登务工信息", "未就业，去向已更正", "在单位实习", "无法联系"]
proof      = "劳动合同、工资流水"
why        = "就业要有务工记录，否则统计不到。"
clause     = "务工监测：就业情况登记到人"
since      = 2021-09-01
--- */
-- One row = one graduate employed by an employer (ruling 16), of whom the job list has no
-- record. A record that has ended since is GRD_CHANGED. A register without the graduate is
-- no fix: one filtered by township closed the question once.
select
    graduate.subject_key,
    no_text() as period_no,
    graduate.destination as observed,
    '务工信息有未结束的记录' as expected,
    0 as yuan_at_stake,
    graduate.source_zh || '去向为“' || graduate.destination_written || '”'
    || coalesce('（' || graduate.employer || '）', '') || '；务工信息（'
    || day_zh(listed.snapshot_on) || '导出）没有该生未结束的记录。' as sentence,
    list_sort([cell(graduate.row_id, 'destination'), cell(graduate.row_id, 'employer')])
        as evidence,
    no_text() as hold_reason
from lnk_graduate as graduate
cross join (
    select max(snapshot_on) as snapshot_on
    from lnk_job
) as listed
inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
where
    graduate.destination_group = 'employer'
    -- a household outside the register has no job records there
    and subject.person_key is not null
    and not exists (
        select 1 from lnk_job as job
        where
            job.subject_key = graduate.subject_key
            and (
                job.is_open
                or job.ended_on >= coalesce(
                    graduate.reported_on, graduate.job_started_on, graduate.graduation_on
                )
            )
    )
    and not exists (
        select 1 from lnk_departure as gone
        where gone.person_key = graduate.subject_key
    )
