/* ---
title      = "学历在校同填或同空"
asks       = "该人是在读还是已毕业？在校生状况和文化程度只填一项。"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.school_state", "monitored_person.education"]
answers    = ["在读，文化程度已清空", "不在读，在校生状况已清空", "已补填", "无法联系"]
proof      = "学生证或毕业证"
why        = "系统规定两项必填且只填一项，两项都填或都空就无法判断是否在读。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one person in scope with both fields, or neither. What a finding of the
-- same state already asks (EDU_BLANK, a garbled cell) is not asked again.
with doubled as (
    select
        entry.*,
        entry.school_state is not null as is_both
    from lnk_entry as entry
    where
        entry.is_in_scope
        and shows(entry.columns, 'school_state')
        and shows(entry.columns, 'education')
        and not list_has_any(entry.garbled, ['school_state', 'education'])
        and (entry.school_state is null) = (entry.education is null)
)

select
    doubled.person_key as subject_key,
    doubled.period_no,
    first(
        case
            when doubled.is_both
                then '在校生状况“' || doubled.school_state || '”、文化程度“' || doubled.education || '”'
            else '两项都空'
        end
        order by doubled.row_id desc
    ) as observed,
    '只填一项' as expected,
    0 as yuan_at_stake,
    first(
        doubled.register_zh || '在校生状况为' || said(doubled.school_state)
        || '、文化程度为' || said(doubled.education) || '，应当只填一项。'
        order by doubled.row_id desc
    ) as sentence,
    cells([cell(doubled.row_id, 'school_state'), cell(doubled.row_id, 'education')])
        as evidence,
    no_text() as hold_reason
from doubled
where
    doubled.is_both
    or not exists (
        select 1
        from lnk_roster_row as roster
        inner join lnk_state as state
            on
                state.person_key = roster.person_key
                and state.period_no = roster.period_no
        where
            roster.person_key = doubled.person_key
            and state.is_known
            and state.school_state is null
    )
group by doubled.person_key, doubled.period_no
