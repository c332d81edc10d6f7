/* ---
title      = "系统未标注在校"
asks       = "该生是否在读？在读的请更新监测系统的在校生状况。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person", "monitored_person.school_state"]
answers    = ["在读，已补录", "已退学", "已毕业", "休学", "无法联系"]
money      = ["listed_over", "risk"]
proof      = "学籍证明或在校证明、学生证"
why        = "名册有而监测系统没标在校，可能漏录，也可能已离校。"
policy     = "level"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whom the register does not mark as being in
-- school at all.
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
        -- after the summer an empty state may mean graduated (ruling 2)
        state.in_grace
        and coalesce(roster.is_final, state.in_year_final_possible, true) as is_doubtful
    from lnk_roster_row as roster
    inner join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    where state.is_known and state.school_state is null
)

select
    subject_key,
    period_no,
    first(coalesce(written, '') order by row_id) as observed,
    first(coalesce(level_written, '中高职') order by row_id desc) as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        register_zh(snapshot_on) || '在校生状况为' || said(nullif(written, '')) || '，'
        || roster_zh(period_no, listed_on, is_applied) || '为' || said(level_written)
        || coalesce('（' || school_name || '）', '') || '。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'school_level'), cell(state_row_id, 'school_state')]) as evidence,
    case when bool_and(is_doubtful) then '升级未定' end as hold_reason
from compared
where not (is_doubtful and in_year_vocational)
group by subject_key, period_no
