/* ---
title      = "新纳入监测户在校生"
asks       = "该户基准日后才识别，孩子在读，下一学年的申报材料备好了吗？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "vocational"
needs      = [
    "monitored_person",
    "yulu_roster",
    "monitored_person.school_state",
    "monitored_person.identified_on",
    "policy.reference",
]
absence_of = "yulu_roster"
answers    = ["已备材料，下一学年申报", "自愿放弃", "已不在读", "识别时间有误，已更正", "无法联系"]
proof      = "学籍证明或在校证明；自愿放弃的，签字的声明书"
why        = "新识别的家庭从下一学年起享受，提前告知就不会漏报。"
policy     = "late_found"
since      = 2021-09-01
--- */
-- One row = one vocational student without a roster row, whose household was identified
-- after the reference day. Once the next period has a roster, OMI_VOC_NO_YULU asks.
select
    standing.person_key as subject_key,
    standing.period_no,
    day_zh(standing.identified_on) || '识别' as observed,
    '下一' || unit_zh(standing.period_no) || '申报' as expected,
    0 as yuan_at_stake,
    register_zh(state.snapshot_on) || '在校生状况为' || said(state.written) || '，'
    || standing.household_zh || '，' || day_zh(standing.identified_on) || '识别，晚于'
    || period_zh(standing.period_no) || '基准日' || day_zh(standing.reference_on)
    || '，本' || unit_zh(standing.period_no) || '不享受，下一'
    || unit_zh(standing.period_no) || '起可以申报。' as sentence,
    list_sort(list_distinct([
        cell(state.row_id, 'school_state'), cell(standing.row_id, 'monitored_category'),
        cell(standing.row_id, 'identified_on'),
    ])) as evidence,
    no_text() as hold_reason
from lnk_standing as standing
inner join lnk_state as state
    on state.person_key = standing.person_key and state.period_no = standing.period_no
where
    standing.why = 'late_found'
    and state.is_known
    and state.is_vocational
    -- in autumn a first year is the new year's, for which the household is in time
    and not (state.in_grace and coalesce(state.grade, 1) = 1)
    and not exists (
        select 1 from lnk_roster as listed
        where
            listed.person_key = standing.person_key
            and listed.period_no = standing.period_no
    )
    and not exists (
        select 1
        from ref_period as later
        inner join lnk_roster as listed on listed.period_no = later.period_no
        where later.previous_no = standing.period_no
    )
    and not exists (
        select 1 from lnk_departure as gone
        where gone.person_key = standing.person_key
    )
