/* ---
title      = "家庭不符合条件"
asks       = "该户是不是脱贫户或监测对象？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.household_type|monitored_person.monitored_category",
]
answers    = ["不符合，停发", "户类型有误，已更正", "符合条件，有文件"]
money      = ["listed_over", "risk"]
proof      = "户类型认定文件或系统截图"
why        = "普通农户家庭的学生不能享受雨露补助。"
policy     = "household"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose household is neither 脱贫户 nor
-- monitored.
select
    roster.subject_key,
    roster.period_no,
    first(coalesce(standing.household_type, '') order by roster.row_id) as observed,
    '脱贫户或监测对象' as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        register_zh(standing.snapshot_on) || '该户户类型为' || said(standing.household_type)
        || '，监测对象类别为' || said(standing.monitored_category) || '；'
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
where standing.why = 'not_eligible'
group by roster.subject_key, roster.period_no
