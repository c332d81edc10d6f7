/* ---
title      = "月收入异常"
asks       = "该生月收入多少？是否多写或少写了零？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["graduate_destination.wage_fen|monitored_job.wage_fen"]
answers    = ["已更正", "无误（按实际）", "无法联系"]
proof      = "工资流水"
why        = "月收入过低或过高，多半是单位写错。"
clause     = "务工监测填报要求：月收入100至30000元"
since      = 2021-09-01
--- */
-- One row = one funded person or graduate with an open job, whose monthly wage lies outside
-- the limits; below the warning limit it is asked too.
with earning as (
    select
        subject_key,
        row_id,
        wage_fen,
        source_zh,
        1 as rank
    from lnk_job
    where is_open

    union all

    select
        subject_key,
        row_id,
        wage_fen,
        source_zh,
        2 as rank
    from lnk_graduate
    where coalesce(destination_group, '') <> 'unplaced'
),

limits as (
    select
        max(value) filter (where name = 'wage_from') as least,
        max(value) filter (where name = 'wage_warn') as warned,
        max(value) filter (where name = 'wage_to') as most
    from ref_limit
)

select
    earning.subject_key,
    no_text() as period_no,
    first(yuan_zh(earning.wage_fen) order by earning.rank, earning.row_id) as observed,
    first(
        cast(cast(limits.warned as integer) as varchar) || '至'
        || cast(cast(limits.most as integer) as varchar) || '元'
        order by earning.row_id
    ) as expected,
    0 as yuan_at_stake,
    first(
        earning.source_zh || '月收入为' || yuan_zh(earning.wage_fen) || '，' || case
            when earning.wage_fen > limits.most * 100
                then '高于' || cast(cast(limits.most as integer) as varchar) || '元'
            when earning.wage_fen < limits.least * 100
                then '低于' || cast(cast(limits.least as integer) as varchar) || '元'
            else '低于' || cast(cast(limits.warned as integer) as varchar) || '元，请核实'
        end || '。'
        order by earning.rank, earning.row_id
    ) as sentence,
    cells([cell(earning.row_id, 'wage_fen')]) as evidence,
    no_text() as hold_reason
from earning
cross join limits
inner join lnk_subject as subject on subject.subject_key = earning.subject_key
where
    (earning.wage_fen < limits.warned * 100 or earning.wage_fen > limits.most * 100)
    and (
        earning.subject_key in (select subject_key from lnk_roster)
        or earning.subject_key in (select subject_key from lnk_graduate)
    )
group by earning.subject_key
