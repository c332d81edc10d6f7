/* ---
title      = "在校生状况非中高职"
asks       = "该生现在读什么学校、几年级？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person", "monitored_person.school_state"]
answers    = ["在读中高职，监测系统已更正", "不在读中高职，名册有误", "已退学或毕业", "无法联系"]
money      = ["listed_over", "risk"]
proof      = "学籍证明或在校证明、学生证"
why        = "名册按中高职补助，监测系统却登记为别的学段，必有一方不对。"
policy     = "level"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whom the register places in a school that is
-- no vocational one.
with compared as (
    select
        roster.subject_key,
        roster.row_id,
        roster.period_no,
        roster.listed_on,
        roster.is_applied,
        roster.level_written,
        roster.school_name,
        roster.standard_fen,
        state.row_id as state_row_id,
        state.snapshot_on,
        state.written,
        state.in_year_vocational,
        -- after promotion a final-year student's state means the new year (ruling 2)
        state.in_grace
        and coalesce(roster.is_final, state.in_year_final_possible, true) as is_doubtful
    from lnk_roster_row as roster
    inner join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    where
        state.is_known
        and state.school_state is not null
        and not state.is_vocational
)

select
    subject_key,
    period_no,
    first(written order by row_id) as observed,
    first(coalesce(level_written, '中高职') order by row_id desc) as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        register_zh(snapshot_on) || '在校生状况为' || said(written) || '，'
        || roster_zh(period_no, listed_on, is_applied) || '为' || said(level_written)
        || coalesce('（' || school_name || '）', '') || '。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'school_level'), cell(state_row_id, 'school_state')]) as evidence,
    case when bool_and(is_doubtful) then '升级未定' end as hold_reason
from compared
where not (is_doubtful and in_year_vocational)
group by subject_key, period_no
