/* ---
title      = "脱贫不享受政策"
asks       = "该户是否确已标注“脱贫不享受政策”？从何时起？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.household_type|monitored_person.monitored_category",
]
answers    = ["属实，停发", "标注有误，已更正", "基准日时仍享受政策"]
money      = ["listed_over", "risk"]
proof      = "政策标注的文件或系统截图"
why        = "不再享受政策的脱贫户不能享受雨露补助。"
policy     = "policy_off"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose household is marked 不享受政策.
select
    roster.subject_key,
    roster.period_no,
    first(standing.household_type order by roster.row_id) as observed,
    '脱贫户（继续享受政策）或监测对象' as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        register_zh(standing.snapshot_on) || '该户为' || said(standing.household_type)
        || '，标注不享受政策；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '列有该生。'
        order by roster.row_id desc
    ) as sentence,
    cells([
        cell(roster.row_id, 'id_number'), cell(standing.row_id, 'household_type'),
        cell(standing.row_id, 'monitored_category'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join lnk_standing as standing
    on
        standing.person_key = roster.person_key
        and standing.period_no = roster.period_no
where standing.why = 'no_policy'
group by roster.subject_key, roster.period_no
