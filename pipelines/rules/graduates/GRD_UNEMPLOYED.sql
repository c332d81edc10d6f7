/* ---
title      = "未就业无帮扶"
asks       = "该生愿意就业，推荐过岗位或培训吗？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "graduate_destination",
    "graduate_destination.destination",
    "graduate_destination.help|graduate_destination.posts_offered",
]
answers    = ["已推荐岗位", "已安排培训", "已就业，去向已更正", "暂不愿就业", "无法联系"]
proof      = "推荐记录、培训登记"
why        = "愿意就业而没有帮扶的，是最该帮的人。"
clause     = "雨露计划＋：未就业毕业生落实就业帮扶"
since      = 2021-09-01
--- */
-- One row = one graduate not placed and willing to work, for whom neither a measure nor a
-- post is entered. 求职中 is willing; an open job record is GRD_RECORD_NO_JOB.
select
    graduate.subject_key,
    no_text() as period_no,
    graduate.destination || '，无帮扶' as observed,
    '推荐岗位或安排培训' as expected,
    0 as yuan_at_stake,
    graduate.source_zh || '去向为“' || graduate.destination_written || '”'
    || case when graduate.willingness = '愿意' then '、愿意就业' else '' end
    || '，没有登记帮扶措施和推荐岗位。' as sentence,
    list_sort([
        cell(graduate.row_id, 'destination'), cell(graduate.row_id, 'willingness'),
        cell(graduate.row_id, 'help'), cell(graduate.row_id, 'posts_offered'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_graduate as graduate
inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
where
    graduate.destination_group = 'unplaced'
    and graduate.destination not in ('拟升学', '暂不就业')
    and (
        graduate.willingness = '愿意'
        or (graduate.willingness is null and graduate.destination = '求职中')
    )
    and graduate.help is null
    and coalesce(graduate.posts_offered, 0) = 0
    and not exists (
        select 1 from lnk_job as job
        where job.subject_key = graduate.subject_key and job.is_open
    )
