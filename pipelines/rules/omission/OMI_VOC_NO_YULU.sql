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
proof      = "学籍证明或在校证明；自愿放弃的，签字的声明书"
why        = "符合条件而未享受，直接影响学生家庭。"
clause     = "国开办发〔2015〕19号：符合条件的应补尽补"
since      = 2021-09-01
--- */
-- One row = one entitled vocational student and period without any roster row. A child
-- whose subsidy broke off is told by OMI_BREAK instead (ruling 3).
select
    missing.person_key as subject_key,
    missing.period_no,
    state.written as observed,
    '雨露名册应有该生' as expected,
    whole_yuan(standard.amount_fen) as yuan_at_stake,
    register_zh(state.snapshot_on) || '在校生状况为' || said(state.written) || '，'
    || missing.household_zh || '；' || missing.roster_zh || '没有该生。' as sentence,
    list_sort(list_distinct([
        cell(state.row_id, 'school_state'), cell(missing.household_row_id, 'household_type'),
        cell(missing.household_row_id, 'monitored_category'),
    ])) as evidence,
    -- a first year seen in autumn may already be the new year's (ruling 2)
    coalesce(
        missing.hold_reason,
        case when state.in_grace and coalesce(state.grade, 1) = 1 then '升级未定' end
    ) as hold_reason
from lnk_missing as missing
inner join lnk_state as state
    on state.person_key = missing.person_key and state.period_no = missing.period_no
left join ref_standard as standard
    on standard.period_no = missing.period_no and standard.level = state.level
where
    state.is_known
    and state.is_vocational
    and not (
        state.in_grace
        and coalesce(state.grade, 1) = 1
        and state.in_year_row_id is not null
        and not state.in_year_vocational
    )
    and not exists (
        select 1 from lnk_break
        where
            lnk_break.person_key = missing.person_key
            and lnk_break.period_no = missing.period_no
    )
