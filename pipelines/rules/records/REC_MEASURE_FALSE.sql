/* ---
title      = "登记措施未享受"
asks       = "系统登记了雨露计划，该生享受了吗？没有的请删除或补报。"
severity   = "B"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "yulu_roster", "monitored_person.education_help"]
absence_of = "yulu_roster"
answers    = ["未享受，已删除", "已享受，名册漏列，补报", "属往年享受，已更新", "登记在别的成员名下"]
proof      = "系统截图"
why        = "登记了没享受的措施，帮扶就是空的。"
clause     = "监测对象帮扶措施登记要求"
since      = 2021-09-01
--- */
-- One row = one person, whose 教育帮扶 says 雨露计划 for a period of which neither the
-- roster nor the payments name the person. A student left out is an OMI_* finding; in
-- the promotion grace the measure may be the new year's.
with listed_period as (
    select
        period_no,
        max(listed_on) as listed_on,
        bool_and(is_applied) as is_applied
    from lnk_roster_row
    group by period_no
),

enjoying as (
    select
        person_key,
        period_no
    from lnk_roster
    where person_key is not null
    union
    select
        subject_key as person_key,
        period_no
    from lnk_paid
    where is_success
),

maybe as (
    select distinct
        candidate.person_key,
        link.period_no
    from lnk_candidate as candidate
    inner join lnk_roster as link on link.row_id = candidate.roster_row_id
    where link.tier = 'ambiguous'
),

omitted as (
    select subject_key, period_no from lnk_omitted
    union
    select person_key as subject_key, period_no from lnk_break
)

select
    measure.person_key as subject_key,
    measure.period_no,
    '教育帮扶登记雨露计划' as observed,
    '名册或发放文件有该生' as expected,
    0 as yuan_at_stake,
    register_zh(measure.snapshot_on) || '教育帮扶登记了雨露计划；'
    || roster_zh(measure.period_no, listed_period.listed_on, listed_period.is_applied)
    || '和发放文件都没有该生。' as sentence,
    [cell(measure.row_id, 'education_help')] as evidence,
    case
        when maybe.person_key is not null then '名册中有一行可能就是该生，尚未确认'
        when measure.in_grace and measure.in_year_has_yulu is null then '升级未定'
    end as hold_reason
from lnk_measure as measure
inner join listed_period on listed_period.period_no = measure.period_no
left join enjoying
    on
        enjoying.person_key = measure.person_key
        and enjoying.period_no = measure.period_no
left join omitted
    on
        omitted.subject_key = measure.person_key
        and omitted.period_no = measure.period_no
left join maybe
    on maybe.person_key = measure.person_key and maybe.period_no = measure.period_no
where
    measure.has_yulu
    and not (measure.in_grace and not coalesce(measure.in_year_has_yulu, true))
    and enjoying.person_key is null
    and omitted.subject_key is null
