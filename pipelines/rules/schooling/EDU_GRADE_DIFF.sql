/* ---
title      = "年级不一致"
asks       = "该生现在读几年级？是否留级、休学或入学时间有误？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.school_state",
    "yulu_roster.entry_on|yulu_roster.grade",
]
answers    = ["监测系统年级已更正", "名册入学时间已更正", "留级或休学", "无法联系"]
proof      = "学籍证明或学生证"
why        = "年级与入学时间算出来的不同，补助年限会算错。"
policy     = "programme"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose grade in the register is not the one
-- that the entry year gives. The year's own row decides; in the promotion grace this
-- year's grade is as good as the next one's. A programme past its end is EDU_OVERLONG,
-- another level EDU_LEVEL_DIFF, a township not moved up EDU_NOT_PROMOTED.
with expected as (
    select
        *,
        -- a five-year programme turns 高职 in its fourth year
        case
            when
                (level_kind = 'five_year' or programme_years = 5) and year_no > 3
                then year_no - 3
            else year_no
        end as grade
    from lnk_roster_row
    where
        entry_year is not null
        and year_no >= 1
        and coalesce(year_no <= years, true)
        and not has_left
),

compared as (
    select
        roster.subject_key,
        roster.row_id,
        roster.period_no,
        roster.listed_on,
        roster.is_applied,
        roster.entry_year,
        roster.grade as expected_grade,
        roster.years,
        coalesce(state.in_year_row_id, state.row_id) as state_row_id,
        case when state.in_year_row_id is not null then state.in_year_on else state.snapshot_on end
            as snapshot_on,
        case
            when state.in_year_row_id is not null then state.in_year_state
            else state.school_state
        end as school_state,
        case when state.in_year_row_id is not null then state.in_year_level else state.level end
            as level,
        case when state.in_year_row_id is not null then state.in_year_grade else state.grade end
            as grade,
        state.in_grace and state.in_year_row_id is null as may_be_next,
        -- early in its own year a state may still be last year's
        coalesce(
            case
                when state.in_year_row_id is not null then state.in_year_on
                else state.snapshot_on
            end < before.grace_until,
            false
        ) as may_be_last,
        coalesce(roster.level, roster.level_kind) as roster_level,
        roster.level_kind,
        roster.programme_years
    from expected as roster
    inner join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    inner join ref_period as period on period.period_no = roster.period_no
    left join lnk_year as before on before.start_year = period.start_year - 1
    where state.is_known
)

select
    subject_key,
    period_no,
    first(school_state order by row_id desc) as observed,
    first(cast(expected_grade as varchar) || '年级' order by row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        register_zh(snapshot_on) || '在校生状况为' || said(school_state) || '，'
        || roster_zh(period_no, listed_on, is_applied) || '入学时间为'
        || cast(entry_year as varchar) || '年，' || period_zh(period_no) || '应为'
        || cast(expected_grade as varchar) || '年级。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'entry_on'), cell(state_row_id, 'school_state')]) as evidence,
    no_text() as hold_reason
from compared
where
    grade is not null
    and level is not null
    -- another level is another finding
    and (
        level = roster_level
        or (level_kind = 'mixed' and level in ('secondary', 'technician'))
        or level_kind = 'five_year'
        or programme_years = 5
    )
    and grade <> expected_grade
    and not (may_be_next and grade = expected_grade + 1)
    and not (may_be_last and grade = expected_grade - 1)
    and not exists (
        select 1
        from lnk_subject as subject
        inner join lnk_unpromoted as town on town.township = subject.township
        where
            subject.subject_key = compared.subject_key
            and town.period_no = compared.period_no
    )
group by subject_key, period_no
