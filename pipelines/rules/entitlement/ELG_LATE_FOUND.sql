/* ---
title      = "识别晚于基准日"
asks       = "该户识别为监测对象的时间是否晚于本学年基准日？"
severity   = "B"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.monitored_category",
    "monitored_person.identified_on",
    "policy.reference",
]
answers    = ["属实，下一学年起享受", "识别时间有误，已更正", "按规定可享受"]
money      = ["listed_over", "risk"]
proof      = "监测对象识别认定表或系统截图"
why        = "基准日之后才识别的家庭，从下一学年起享受。"
policy     = "late_found"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose household was identified after the
-- reference day.
select
    roster.subject_key,
    roster.period_no,
    first(strftime(standing.identified_on, '%Y-%m-%d') || '识别' order by roster.row_id)
        as observed,
    first('不晚于' || day_zh(standing.reference_on) || '识别' order by roster.row_id)
        as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        register_zh(standing.snapshot_on) || standing.household_zh || '，'
        || day_zh(standing.identified_on) || '识别，晚于'
        || period_zh(roster.period_no) || '基准日' || day_zh(standing.reference_on) || '；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '列有该生。'
        order by roster.row_id desc
    ) as sentence,
    cells([
        cell(roster.row_id, 'id_number'), cell(standing.row_id, 'monitored_category'),
        cell(standing.row_id, 'identified_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join lnk_standing as standing
    on
        standing.person_key = roster.person_key
        and standing.period_no = roster.period_no
where standing.why = 'late_found'
group by roster.subject_key, roster.period_no
