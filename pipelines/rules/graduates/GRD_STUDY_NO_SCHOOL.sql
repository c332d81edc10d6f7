/* ---
title      = "升学无在校信息"
asks       = "该生升入哪所学校？请更新在校生状况。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "graduate_destination",
    "graduate_destination.destination",
    "monitored_person",
    "monitored_person.school_state",
]
answers    = ["已升学，在校生状况已更新", "升入中高职，补报雨露", "未升学，去向已更正", "无法联系"]
proof      = "录取通知书、在校证明"
why        = "升学没有在校信息，可能漏报补助，也可能去向不实。"
clause     = "毕业去向与在校信息应一致"
since      = 2021-09-01
--- */
-- One row = one graduate listed as 升学, whom the current register does not show in school,
-- and no roster of the year or school register either. In the promotion grace the new
-- year may not be entered yet.
select
    graduate.subject_key,
    no_text() as period_no,
    '在校生状况为空' as observed,
    first(coalesce(graduate.study_school, graduate.destination) order by entry.row_id)
        as expected,
    0 as yuan_at_stake,
    first(
        graduate.source_zh || '去向为“' || graduate.destination_written || '”'
        || coalesce('（' || graduate.study_school || '）', '') || '；' || entry.register_zh
        || '在校生状况为空白，雨露名册也没有该生。'
        order by entry.row_id
    ) as sentence,
    cells([cell(graduate.row_id, 'destination'), cell(entry.row_id, 'school_state')])
        as evidence,
    case
        when
            bool_or(
                entry.snapshot_on <= before.grace_until
                and graduate.graduation_on
                > before.starts_on
            )
            then '升级未定'
    end as hold_reason
from lnk_graduate as graduate
inner join lnk_entry as entry on entry.person_key = graduate.subject_key
cross join (
    select max(value) filter (where name = 'study_months') as months
    from ref_limit
) as limits
left join lnk_year as before on before.ends_on + 1 = entry.year_starts_on
where
    graduate.destination = '升学'
    -- long ago: that study may be over too
    and coalesce(
        graduate.graduation_on > entry.snapshot_on - to_months(cast(limits.months as integer)),
        true
    )
    and shows(entry.columns, 'school_state')
    and not list_contains(entry.garbled, 'school_state')
    and not exists (
        select 1 from lnk_roster_row as listed
        where
            listed.subject_key = graduate.subject_key
            and listed.starts_on >= coalesce(graduate.graduation_on, entry.year_starts_on)
    )
    and not exists (
        select 1 from lnk_school as school
        where
            school.subject_key = graduate.subject_key
            and school.reference_on >= coalesce(graduate.graduation_on, entry.year_starts_on)
            and coalesce(school.register_status, '在籍在读') = '在籍在读'
    )
group by graduate.subject_key
having bool_and(entry.school_state is null)
