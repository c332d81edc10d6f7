/* ---
title      = "学籍在读未申报"
asks       = "学籍系统显示该生在读中高职，为什么没有申报？监测系统也要更新。"
severity   = "A"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "yulu_roster", "school_register"]
absence_of = "yulu_roster"
answers    = ["属实，补报，监测系统已更新", "已在外县享受", "自愿放弃", "已不在读", "不是同一人", "无法联系"]
money      = ["listed_short"]
proof      = "学籍证明或在校证明；自愿放弃的，签字的声明书"
why        = "学籍系统认得、监测系统和名册都没有，是最容易漏掉的孩子。"
clause     = "国开办发〔2015〕19号：符合条件的应补尽补"
since      = 2021-09-01
--- */
-- One row = one entitled person and period, full-time at a trade school by the school
-- register, not so by the monitoring system, and without a roster row. A broken-off
-- subsidy is OMI_BREAK; a vocational state OMI_VOC_NO_YULU or OMI_SIBLING.
select
    missing.person_key as subject_key,
    missing.period_no,
    coalesce(state.written, '') as observed,
    coalesce(enrolled.school_name, '中高职在读') as expected,
    whole_yuan(standard.least_fen) as yuan_at_stake,
    enrolled.source_zh || '该生在“' || coalesce(enrolled.school_name, '中高职') || '”在读，'
    || coalesce(
        register_zh(state.snapshot_on) || '在校生状况为' || said(nullif(state.written, '')) || '，',
        ''
    )
    || missing.roster_zh || '没有该生。' as sentence,
    list_sort(list_distinct(list_filter(
        [
            cell(enrolled.row_id, 'school_name'), cell(state.row_id, 'school_state'),
            cell(missing.household_row_id, 'household_type'),
        ],
        lambda one: struct_extract(one, 'row_id') is not null
    ))) as evidence,
    missing.hold_reason
from lnk_missing as missing
inner join lnk_enrolled as enrolled
    on
        enrolled.subject_key = missing.person_key
        and enrolled.period_no = missing.period_no
inner join lnk_state as state
    on state.person_key = missing.person_key and state.period_no = missing.period_no
left join lnk_standard as standard
    on
        standard.period_no = missing.period_no
        and standard.kind = coalesce('registered ' || enrolled.school_level, '')
where
    state.is_known
    and not state.is_vocational
    and not exists (
        select 1 from lnk_break
        where
            lnk_break.person_key = missing.person_key
            and lnk_break.period_no = missing.period_no
    )
