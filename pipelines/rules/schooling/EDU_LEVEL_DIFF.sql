/* ---
title      = "学段不一致"
asks       = "该生读的是中职、高职还是技师学院？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.school_state",
    "yulu_roster.school_level",
]
answers    = ["以名册为准，监测系统已更正", "以监测系统为准，名册有误", "五年一贯制或3+2", "无法联系"]
money      = ["risk"]
proof      = "学籍证明或在校证明、学生证"
why        = "两个系统的学段不同，补助年限和标准会算错。"
policy     = "programme"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose level differs between the systems.
with expected as (
    select
        *,
        -- what the label and the year of the programme allow (ruling 22, trap 14)
        case
            when level_kind = 'mixed' then ['secondary', 'technician']
            when level_kind = 'five_year' then ['secondary', 'higher']
            when programme_years = 5 and year_no is null
                then
                    [level, 'secondary', 'higher']
            when programme_years = 5 and year_no <= 3 then [level, 'secondary']
            when programme_years = 5 then [level, 'higher']
            else [level]
        end as levels
    from lnk_roster_row
    where level is not null or level_kind in ('mixed', 'five_year')
),

compared as (
    select
        roster.subject_key,
        roster.row_id,
        roster.period_no,
        roster.listed_on,
        roster.is_applied,
        roster.level_written,
        roster.school_name,
        roster.standard_fen,
        state.row_id as state_row_id,
        state.snapshot_on,
        state.written,
        list_contains(roster.levels, state.in_year_level) as in_year_agrees,
        -- a first year may already be the new one, a last year may be over (ruling 2);
        -- what the year's own row says of the level settles it
        state.in_grace
        and (
            coalesce(state.grade, 1) = 1
            or coalesce(roster.is_final, state.in_year_final_possible, true)
        ) as is_doubtful
    from expected as roster
    inner join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    where state.is_known and not list_contains(roster.levels, state.level)
)

select
    subject_key,
    period_no,
    first(written order by row_id) as observed,
    first(level_written order by row_id desc) as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        register_zh(snapshot_on) || '在校生状况为' || said(written) || '，'
        || roster_zh(period_no, listed_on, is_applied) || '为' || said(level_written)
        || coalesce('（' || school_name || '）', '') || '。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'school_level'), cell(state_row_id, 'school_state')]) as evidence,
    case when bool_and(is_doubtful and in_year_agrees is null) then '升级未定' end
        as hold_reason
from compared
where not (is_doubtful and coalesce(in_year_agrees, false))
group by subject_key, period_no
