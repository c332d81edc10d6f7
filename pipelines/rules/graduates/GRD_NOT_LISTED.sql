/* ---
title      = "毕业生未入去向清单"
asks       = "该生毕业后去了哪里？请列入毕业生去向清单。"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "graduate_destination",
    "yulu_roster.programme_years|yulu_roster.graduation_on",
]
absence_of = "graduate_destination"
answers    = ["已列入，去向已填", "尚未毕业（留级、休学）", "已升学", "无法联系"]
proof      = "毕业证、就业或升学材料"
why        = "享受过补助的毕业生都要跟踪去向。"
clause     = "雨露计划＋：毕业生去向跟踪到人"
since      = 2021-09-01
--- */
-- One row = one funded person, whose last funded year was the programme's last, whom the
-- destination list does not name and of whom no further study is evident (ruling 16).
select
    finished.subject_key,
    no_text() as period_no,
    '去向清单没有该生' as observed,
    day_zh(finished.ended_on) || '毕业，应在清单' as expected,
    0 as yuan_at_stake,
    finished.roster_zh || '列有该生' || coalesce('（' || finished.school_name || '）', '')
    || '，学制到' || day_zh(finished.ended_on) || '期满；毕业去向台账（'
    || day_zh(listed.snapshot_on) || '）没有该生。' as sentence,
    list_sort([
        cell(finished.row_id, 'id_number'), cell(finished.row_id, 'entry_on'),
        cell(finished.row_id, 'graduation_on'),
    ]) as evidence,
    case
        when nameless.name_key is not null then '去向台账有一行未能对应到人，与该生同名'
    end as hold_reason
from lnk_finished as finished
cross join run
cross join (
    select max(value) filter (where name = 'graduation_grace_days') as grace_days
    from ref_limit
) as limits
cross join (
    select max(snapshot_on) as snapshot_on
    from lnk_graduate
) as listed
inner join stg_yulu_roster as stated on stated.row_id = finished.row_id
left join (
    select distinct graduate.name_key
    from stg_graduate_destination as graduate
    inner join lnk_list as link
        on link.row_id = graduate.row_id and link.source = 'graduate_destination'
    where link.subject_key is null
) as nameless
    on nameless.name_key = stated.name_key
where
    finished.is_last_funded_last
    -- a number that is wrong cannot be found on another list: IDN_* asks first
    and (
        finished.person_key is not null
        or is_usable(stated.id_number_form, stated.id_number_pid, run.as_of)
    )
    and not finished.has_left
    and finished.ended_on <= run.as_of
    and not finished.goes_on
    -- the register's last year long after the end: GRD_STILL_IN asks first
    and not (
        finished.shows_last_year
        and finished.state_on > finished.ended_on + cast(limits.grace_days as integer)
    )
    and not exists (
        select 1 from lnk_graduate as graduate
        where graduate.subject_key = finished.subject_key
    )
    and not exists (
        select 1 from lnk_departure as gone
        where gone.person_key = finished.person_key
    )
