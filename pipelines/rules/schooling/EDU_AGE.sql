/* ---
title      = "学段年龄异常"
asks       = "该生的学段和年龄对不上，哪一项有误？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.school_state"]
answers    = ["在校生状况有误，已更正", "号码或出生日期有误，已更正", "确属早读或晚读", "无法联系"]
proof      = "学籍证明、身份证或户口簿"
why        = "年龄与学段不符，多半是在校生状况或号码录错。"
clause     = "监测系统数据质量规则（按学年首日周岁）"
since      = 2021-09-01
--- */
-- One row = one person in scope, whose age on the first day of the export's school year
-- lies outside the limits of the stage.
with aged as (
    select
        entry.*,
        case when entry.is_number_good then 'id_number' else 'birth_on' end as field,
        age_on(
            case when entry.is_number_good then id_birth(entry.pid) else entry.birth_on end,
            entry.year_starts_on
        ) as age
    from lnk_entry as entry
    where entry.is_in_scope
)

select
    aged.person_key as subject_key,
    aged.period_no,
    first(
        aged.school_state || '，' || cast(aged.age as varchar) || '周岁'
        order by aged.row_id desc
    ) as observed,
    first(
        case
            when limits.age_to < 200
                then
                    cast(limits.age_from as varchar) || '至'
                    || cast(limits.age_to as varchar) || '周岁'
            else '满' || cast(limits.age_from as varchar) || '周岁'
        end
        order by aged.row_id desc
    ) as expected,
    0 as yuan_at_stake,
    first(
        aged.register_zh || '在校生状况为“' || aged.school_state || '”，'
        || day_zh(aged.year_starts_on) || '时' || cast(aged.age as varchar)
        || '周岁，与学段不符。'
        order by aged.row_id desc
    ) as sentence,
    cells([cell(aged.row_id, 'school_state'), cell(aged.row_id, aged.field)]) as evidence,
    no_text() as hold_reason
from aged
inner join ref_age as limits on limits.stage = aged.stage
where
    (aged.age < limits.age_from or aged.age > limits.age_to)
    -- a state that the roster contradicts is EDU_NOT_VOC or EDU_LEVEL_DIFF
    and not exists (
        select 1
        from lnk_roster_row as roster
        inner join lnk_state as state
            on
                state.person_key = roster.person_key
                and state.period_no = roster.period_no
        where
            roster.person_key = aged.person_key
            and state.is_known
            and state.school_state is not null
            and (not state.is_vocational or state.level <> roster.level)
    )
group by aged.person_key, aged.period_no
