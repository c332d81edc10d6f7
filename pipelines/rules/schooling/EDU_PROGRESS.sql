/* ---
title      = "中职升高职未更新"
asks       = "该生升入高职了吗？请补新学校和入学时间。"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "yulu_roster.school_level",
    "yulu_roster.entry_on|yulu_roster.school_name",
]
answers    = ["已升高职，已补新信息", "未升学，停发", "五年一贯制，已注明", "无法联系"]
proof      = "录取通知书、学籍证明"
why        = "升学后另起一段学制，不补新学校和入学时间就算不清年限。"
policy     = "progression"
since      = 2021-09-01
--- */
-- One row = one student and period at 高职, whose 中职 programme ended with the period
-- before, and whose row names no entry of its own, or the old school. Years that have
-- run out under the old entry are EDU_OVERLONG.
with stage as (
    select *
    from lnk_roster_row
    where
        tier <> 'ambiguous'
        and coalesce(level_kind, '') <> 'five_year'
        and coalesce(programme_years, 0) <> 5
)

select
    after.subject_key,
    after.period_no,
    first(
        coalesce('入学' || cast(after.entry_year as varchar) || '年', '没写入学时间')
        || coalesce('，' || after.school_name, '，没写学校')
        order by after.row_id desc
    ) as observed,
    '新的学校和入学时间' as expected,
    0 as yuan_at_stake,
    first(
        roster_zh(before.period_no, before.listed_on, before.is_applied) || '为'
        || said(before.level_written) || '，' || roster_zh(
            after.period_no, after.listed_on, after.is_applied
        ) || '为' || said(after.level_written) || '，但'
        || case when after.entry_year is null then '没有新的入学时间' else '学校没有更新' end
        || '。'
        order by after.row_id desc, before.row_id desc
    ) as sentence,
    cells([
        cell(after.row_id, 'school_level'), cell(after.row_id, 'entry_on'),
        cell(after.row_id, 'school_name'), cell(before.row_id, 'school_level'),
    ]) as evidence,
    no_text() as hold_reason
from stage as after
inner join ref_period as period on period.period_no = after.period_no
inner join stage as before
    on
        before.subject_key = after.subject_key
        and before.period_no = period.previous_no
where
    after.level = 'higher'
    and before.level = 'secondary'
    and (
        after.entry_year is null
        or after.school_name is null
        or (
            after.school_name = before.school_name
            and after.entry_year is distinct from before.entry_year
        )
    )
group by after.subject_key, after.period_no
