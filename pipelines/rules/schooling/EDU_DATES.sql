/* ---
title      = "入学毕业时间矛盾"
asks       = "该生哪年入学、学制几年、哪年毕业？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "yulu_roster.entry_on|yulu_roster.graduation_on|yulu_roster.programme_years",
]
answers    = ["入学时间有误，已更正", "毕业时间有误，已更正", "学制有误，已更正", "无法联系"]
proof      = "录取通知书、学籍证明"
why        = "补助按学制计年，时间矛盾就算不清还能享受几年。"
policy     = "programme"
since      = 2021-09-01
--- */
-- One row = one student and period, whose dates on the roster contradict each other, the
-- period, the programmes there are, or the student's own age.
with limits as (
    select
        max(value) filter (where name = 'programme_years_from') as years_from,
        max(value) filter (where name = 'programme_years_to') as years_to,
        max(value) filter (where name = 'entry_age') as entry_age
    from ref_limit
),

stated as (
    select
        roster.subject_key,
        roster.period_no,
        roster.row_id,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        roster.ends_on,
        listed.entry_on,
        listed.graduation_on,
        listed.programme_years,
        age_on(
            case when is_usable(roster.form, roster.pid, run.as_of) then id_birth(roster.pid) end,
            listed.entry_on
        ) as entry_age,
        limits.years_from,
        limits.years_to,
        limits.entry_age as least_age
    from lnk_roster_row as roster
    cross join limits
    cross join run
    inner join stg_yulu_roster as listed on listed.row_id = roster.row_id
    where roster.period_no is not null
),

judged as (
    select
        *,
        concat_ws(
            '，',
            case
                when graduation_on <= entry_on
                    then
                        '毕业时间' || day_zh(graduation_on) || '不晚于入学时间'
                        || day_zh(entry_on)
            end,
            case
                when
                    programme_years < years_from
                    or programme_years > years_to
                    or programme_years <> floor(programme_years)
                    then
                        '学制为' || replace(cast(programme_years as varchar), '.0', '')
                        || '年'
            end,
            case
                when entry_on > ends_on
                    then
                        '入学时间' || day_zh(entry_on) || '晚于' || period_zh(period_no)
            end,
            case
                when entry_age < least_age
                    then '入学时只有' || cast(entry_age as varchar) || '周岁'
            end
        ) as what
    from stated
)

select
    subject_key,
    period_no,
    first(what order by row_id desc) as observed,
    first(
        '入学早于毕业、学制' || cast(cast(years_from as integer) as varchar) || '至'
        || cast(cast(years_to as integer) as varchar) || '年、入学满'
        || cast(cast(least_age as integer) as varchar) || '周岁'
        order by row_id
    ) as expected,
    0 as yuan_at_stake,
    first(roster_zh || '写的' || what || '，互相矛盾。' order by row_id desc) as sentence,
    cells([
        cell(row_id, 'entry_on'), cell(row_id, 'graduation_on'),
        cell(row_id, 'programme_years'),
    ]) as evidence,
    no_text() as hold_reason
from judged
where what <> ''
group by subject_key, period_no
