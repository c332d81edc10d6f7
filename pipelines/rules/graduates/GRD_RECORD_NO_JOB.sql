/* ---
title      = "有务工记录去向为未就业"
asks       = "该生已经就业了吗？请更新去向。"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["graduate_destination", "graduate_destination.destination", "monitored_job"]
answers    = ["已就业，去向已更正", "未就业，务工记录已结束", "临时短工", "无法联系"]
proof      = "劳动合同、工资流水"
why        = "两边说法相反，就业率算不准。"
clause     = "就业情况及时更新"
since      = 2021-09-01
--- */
-- One row = one graduate listed as not placed, with an open job record.
select
    graduate.subject_key,
    no_text() as period_no,
    graduate.destination as observed,
    first(coalesce(job.employer, '在务工') order by job.started_on desc nulls last, job.row_id)
        as expected,
    0 as yuan_at_stake,
    first(
        graduate.source_zh || '去向为“' || graduate.destination_written || '”；'
        || job.source_zh || '登记' || coalesce(strftime(job.started_on, '%Y年%m月') || '起', '')
        || '在' || coalesce('“' || job.employer || '”', '外') || '务工，没有结束时间。'
        order by job.started_on desc nulls last, job.row_id
    ) as sentence,
    cells([
        cell(graduate.row_id, 'destination'), cell(job.row_id, 'started_on'),
        cell(job.row_id, 'ended_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_graduate as graduate
inner join lnk_job as job on job.subject_key = graduate.subject_key and job.is_open
inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
where graduate.destination_group = 'unplaced'
group by graduate.subject_key, graduate.destination
