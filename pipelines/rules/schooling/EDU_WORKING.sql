/* ---
title      = "在校又登记务工"
asks       = "该生在读还是已经务工？是实习的请注明。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.school_state", "monitored_job"]
answers    = ["在读，务工记录已删除", "已不在读，在校生状况已更正", "顶岗实习，已注明", "假期短工", "无法联系"]
proof      = "在校证明；务工的，劳动合同"
why        = "既在校又务工，可能已经退学，也可能是实习没有注明。"
clause     = "务工监测填报要求：实习不登记务工"
since      = 2021-09-01
--- */
-- One row = one person in scope who is in school in the current register and has an open
-- job, no internship. In the promotion grace somebody in a last year may have left.
with pupil as (
    select
        entry.person_key,
        entry.row_id,
        entry.snapshot_on,
        entry.school_state,
        entry.register_zh,
        entry.period_no,
        coalesce(state.is_final_possible, state.grade = 3, false)
        and entry.snapshot_on <= before.grace_until as is_doubtful
    from lnk_entry as entry
    inner join ref_school_state as state on state.label = entry.school_state
    left join lnk_year as before on before.ends_on + 1 = entry.year_starts_on
    where
        entry.is_in_scope
        and state.stage in ('junior', 'senior', 'secondary', 'higher', 'technician', 'degree')
    qualify
        row_number() over (partition by entry.person_key order by entry.row_id desc) = 1
),

job as (
    select *
    from lnk_job
    where is_open
    qualify
        row_number() over (
            partition by subject_key order by started_on desc nulls last, row_id desc
        ) = 1
)

select
    pupil.person_key as subject_key,
    pupil.period_no,
    pupil.school_state || '，' || coalesce(job.employer, '在务工') as observed,
    '在读或务工' as expected,
    0 as yuan_at_stake,
    pupil.register_zh || '在校生状况为“' || pupil.school_state || '”，' || job.source_zh
    || '登记' || coalesce(strftime(job.started_on, '%Y年%m月') || '起', '')
    || '在' || coalesce('“' || job.employer || '”', '外') || '务工，没有结束时间。' as sentence,
    list_sort([
        cell(pupil.row_id, 'school_state'), cell(job.row_id, 'started_on'),
        cell(job.row_id, 'ended_on'),
    ]) as evidence,
    case when pupil.is_doubtful then '升级未定' end as hold_reason
from pupil
inner join job on job.subject_key = pupil.person_key
