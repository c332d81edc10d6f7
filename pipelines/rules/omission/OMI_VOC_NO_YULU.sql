/* ---
title      = "应享未享"
asks       = "该生是否在读？是否愿意申报雨露补助？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "vocational"
needs      = ["monitored_person", "yulu_roster", "monitored_person.school_state"]
absence_of = "yulu_roster"
answers    = ["属实，补报", "已在外县享受", "自愿放弃", "已不在读", "无法联系"]
money      = ["listed_short"]
proof      = "学籍证明或在校证明；自愿放弃的，签字的声明书"
why        = "符合条件而未享受，直接影响学生家庭。"
clause     = "国开办发〔2015〕19号：符合条件的应补尽补"
since      = 2021-09-01
--- */
-- One row = one entitled vocational student and period without any roster row. A child
-- whose subsidy broke off is told by OMI_BREAK instead (ruling 3), one whose sibling is
-- funded by OMI_SIBLING.
select
    omitted.subject_key,
    omitted.period_no,
    omitted.written as observed,
    '雨露名册应有该生' as expected,
    omitted.yuan_at_stake,
    omitted.register_zh || '在校生状况为' || said(omitted.written) || '，'
    || omitted.household_zh || '；' || omitted.roster_zh || '没有该生。' as sentence,
    omitted.evidence,
    omitted.hold_reason
from lnk_omitted as omitted
where omitted.siblings = 0
