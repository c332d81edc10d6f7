/* ---
title      = "申报未通过未告知"
asks       = "申报没有通过，原因是什么？告诉家庭了吗？"
severity   = "B"
owner      = "township"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.review_status"]
answers    = ["已告知，原因已补写", "审核有误，已通过", "已补材料重新申报", "无法联系"]
money      = ["applied_short"]
proof      = "告知记录（签字或通话记录）"
why        = "没有通过的家庭有权知道原因，也可能只是材料不全。"
clause     = "政策公开、结果告知"
since      = 2021-09-01
--- */
-- One row = one student and period, whose application was rejected without a reason.
-- A row of the same period that passed speaks for itself.
select
    roster.subject_key,
    roster.period_no,
    '未通过' as observed,
    '写明原因并告知家庭' as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '审核状态为“' || coalesce(raw.review_status, stated.review_status)
        || '”，没有写明原因，请告知家庭。'
        order by roster.row_id desc
    ) as sentence,
    cells([cell(roster.row_id, 'review_status'), cell(roster.row_id, 'remark')])
        as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
left join raw_yulu_roster as raw on raw.row_id = roster.row_id
where
    roster.period_no is not null
    and stated.review_status = '未通过'
    and stated.remark is null
    and not exists (
        select 1 from lnk_roster_row as passed
        where
            passed.subject_key = roster.subject_key
            and passed.period_no = roster.period_no
            and not passed.is_applied
            and passed.row_id <> roster.row_id
    )
group by roster.subject_key, roster.period_no
