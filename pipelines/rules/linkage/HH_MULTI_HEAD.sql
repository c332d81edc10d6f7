/* ---
title      = "一户多户主"
asks       = "这一户的户主是谁？"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no", "monitored_person.relation"]
answers    = ["已更正为一个户主", "已分户", "户编号有误，已更正"]
proof      = "户口簿首页"
why        = "一户只有一个户主，否则家庭关系都会错。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one household in scope with more than one head; the subject is the head with
-- the smallest number.
select
    first(entry.person_key order by person.person_id, entry.person_key) as subject_key,
    no_text() as period_no,
    cast(count(distinct entry.person_key) as varchar) || '个户主' as observed,
    '1个户主' as expected,
    0 as yuan_at_stake,
    max(entry.register_zh) || '中该户有' || cast(count(distinct entry.person_key) as varchar)
    || '个户主（' || string_agg(distinct entry.name, '、' order by entry.name)
    || '），应当只有1个。' as sentence,
    cells([cell(entry.row_id, 'relation')]) as evidence,
    no_text() as hold_reason
from lnk_entry as entry
inner join lnk_person as person on person.person_key = entry.person_key
where entry.is_home_in_scope and entry.relation = '户主'
group by entry.household_no, entry.snapshot_on
having count(distinct entry.person_key) > 1
