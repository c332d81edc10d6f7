/* ---
title      = "超学制享受"
asks       = "该生的入学时间和学制是否有误？是否已毕业？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.programme_years|yulu_roster.graduation_on"]
answers    = ["属实，停发", "入学时间或学制有误，已更正", "已升入新的学段"]
money      = ["risk"]
proof      = "学籍证明、录取通知书"
why        = "补助按学制计年，学制期满后不再享受。"
policy     = "programme_end"
since      = 2021-09-01
--- */
-- One row = one student and period beyond the programme: it starts when the programme
-- has ended, or more periods are funded than the programme has. A programme is a level
-- and an entry year (ruling 22), so 中职 then 高职, or 3+2, are two.
with listed as (
    select
        *,
        coalesce(level, level_kind, '') as programme_level,
        -- a term province counts two periods a year
        years * case when period_term is null then 1 else 2 end as periods_due
    from lnk_roster_row
    where
        tier <> 'ambiguous'
        and (person_key is not null or pid is not null)
        and not is_waived
),

per_period as (
    select
        subject_key,
        programme_level,
        entry_year,
        period_no,
        starts_on,
        max(periods_due) as periods_due
    from listed
    group by all
),

ranked as (
    select
        *,
        row_number() over (
            partition by subject_key, programme_level, entry_year
            order by starts_on, period_no
        ) as nth,
        max(periods_due) over (
            partition by subject_key, programme_level, entry_year
        ) as most_due
    from per_period
),

overlong as (
    select
        listed.*,
        ranked.nth,
        coalesce(listed.start_year >= listed.entry_year + listed.years, false) as is_past
    from listed
    inner join ranked
        on
            ranked.subject_key = listed.subject_key
            and ranked.programme_level = listed.programme_level
            and ranked.entry_year is not distinct from listed.entry_year
            and ranked.period_no = listed.period_no
    where
        listed.start_year >= listed.entry_year + listed.years
        or ranked.nth > ceil(ranked.most_due)
)

select
    subject_key,
    period_no,
    first(
        case
            when is_past then cast(entry_year as varchar) || '年入学'
            else '第' || cast(nth as varchar) || '次享受'
        end
        order by is_past desc, row_id desc
    ) as observed,
    first(
        '学制' || replace(cast(years as varchar), '.0', '') || '年' order by is_past desc, row_id desc
    ) as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        roster_zh(period_no, listed_on, is_applied) || '列有该生，'
        || case
            when is_past
                then
                    '入学时间为' || cast(entry_year as varchar) || '年、学制'
                    || replace(cast(years as varchar), '.0', '') || '年，到'
                    || period_zh(period_no) || '已期满。'
            else
                '学制' || replace(cast(years as varchar), '.0', '') || '年，到'
                || period_zh(period_no) || '已是第' || cast(nth as varchar) || '次享受。'
        end
        order by is_past desc, row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'entry_on'), cell(row_id, 'programme_years'),
        cell(row_id, 'school_level'),
    ]) as evidence,
    no_text() as hold_reason
from overlong
group by subject_key, period_no
