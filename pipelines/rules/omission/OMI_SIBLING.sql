/* ---
title      = "同户他人享受、本人未享受"
asks       = "同户的孩子在享受，该生为什么没有申报？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "vocational"
needs      = [
    "monitored_person",
    "yulu_roster",
    "monitored_person.school_state",
    "monitored_person.household_no",
]
absence_of = "yulu_roster"
answers    = ["属实，补报", "已在外县享受", "自愿放弃", "已不在读", "无法联系"]
money      = ["listed_short"]
proof      = "学籍证明或在校证明；自愿放弃的，签字的声明书"
why        = "同一户有人享受，家庭条件已经认定，多半是漏报。"
clause     = "国开办发〔2015〕19号：符合条件的应补尽补"
since      = 2021-09-01
--- */
-- One row = one entitled vocational student and period without a roster row, of whose
-- household somebody else has one. It takes the place of OMI_VOC_NO_YULU.
select
    omitted.subject_key,
    omitted.period_no,
    omitted.written as observed,
    '雨露名册应有该生' as expected,
    omitted.yuan_at_stake,
    omitted.register_zh || '在校生状况为' || said(omitted.written) || '；'
    || omitted.roster_zh || '有同户成员' || cast(omitted.siblings as varchar)
    || '人，没有该生。' as sentence,
    list_sort(list_distinct(list_append(
        omitted.evidence, cell(omitted.sibling_row_id, 'id_number')
    ))) as evidence,
    omitted.hold_reason
from lnk_omitted as omitted
where omitted.siblings > 0
