/* ---
title      = "毕业未改学历"
asks       = "该生已毕业，请清空在校生状况、更新文化程度。"
severity   = "C"
owner      = "township"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.education|monitored_person.school_state",
    "yulu_roster.programme_years|yulu_roster.graduation_on",
]
answers    = ["已更新", "尚未毕业", "文化程度无误（未取得毕业证）"]
proof      = "毕业证"
why        = "毕业后在校生状况要清空、文化程度要更新。"
clause     = "户年度基础信息更新要求"
since      = 2021-09-01
--- */
-- One row = one funded person whose programme has ended longer ago than the grace, who is
-- listed as a graduate and still shown in school, or out of school with an education
-- below the programme's.
with limits as (
    select max(value) filter (where name = 'graduation_grace_days') as grace_days
    from ref_limit
),

judged as (
    select
        finished.*,
        graduate.row_id as graduate_row_id,
        graduate.source_zh,
        least.label as least_education,
        finished.shows_last_year
        and graduate.row_id is not null
        and coalesce(graduate.is_graduated, true) as is_still_shown,
        finished.is_out_of_school and education.rank < least.rank as is_below
    from lnk_finished as finished
    cross join limits
    left join lnk_graduate as graduate on graduate.subject_key = finished.subject_key
    left join ref_education as education on education.label = finished.education
    left join ref_education as least
        on
            least.rank
            = case
                when finished.level = 'higher' or finished.level_kind = 'five_year' then 5
                else 4
            end
    where
        finished.is_last_funded_last
        and not finished.has_left
        and finished.state_on > finished.ended_on + cast(limits.grace_days as integer)
)

select
    subject_key,
    no_text() as period_no,
    case when is_still_shown then '在校生状况“' || school_state || '”' else education end
        as observed,
    case when is_still_shown then '在校生状况为空' else least_education || '或以上' end
        as expected,
    0 as yuan_at_stake,
    roster_zh || '学制到' || day_zh(ended_on) || '期满' || case
        when is_still_shown
            then
                '，' || source_zh || '已列为毕业生；' || register_zh(state_on)
                || '在校生状况仍为“' || school_state || '”。'
        else
            '；' || register_zh(state_on) || '文化程度为“' || education || '”，应为“'
            || least_education || '”或以上。'
    end as sentence,
    list_sort([
        cell(row_id, 'graduation_on'), cell(state_row_id, 'school_state'),
        cell(state_row_id, 'education'),
    ]) as evidence,
    no_text() as hold_reason
from judged
where is_still_shown or is_below
