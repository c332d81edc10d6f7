/* ---
title      = "已到毕业时间仍在读"
asks       = "该生毕业了吗？是留级、实习还是没有更新？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.school_state",
    "yulu_roster.programme_years|yulu_roster.graduation_on",
]
answers    = ["已毕业，在校生状况已更正", "留级或休学", "已升学，在校生状况已更正", "无法联系"]
proof      = "毕业证或在校证明"
why        = "到期没更新，就业和去向就没人跟。"
clause     = "毕业后及时更新在校生状况"
since      = 2021-09-01
--- */
-- One row = one funded person, whose programme ended longer ago than the grace, while the
-- register still shows its last year. Who is listed as a graduate is GRD_EDU_STALE.
select
    finished.subject_key,
    no_text() as period_no,
    finished.school_state as observed,
    day_zh(finished.ended_on) || '毕业' as expected,
    0 as yuan_at_stake,
    register_zh(finished.state_on) || '在校生状况为“' || finished.school_state || '”；'
    || finished.roster_zh || '学制到' || day_zh(finished.ended_on) || '期满。' as sentence,
    list_sort([
        cell(finished.state_row_id, 'school_state'), cell(finished.row_id, 'entry_on'),
        cell(finished.row_id, 'graduation_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_finished as finished
cross join (
    select max(value) filter (where name = 'graduation_grace_days') as grace_days
    from ref_limit
) as limits
where
    finished.shows_last_year
    and finished.state_on > finished.ended_on + cast(limits.grace_days as integer)
    and not exists (
        select 1 from lnk_graduate as graduate
        where
            graduate.subject_key = finished.subject_key
            and coalesce(graduate.is_graduated, true)
    )
