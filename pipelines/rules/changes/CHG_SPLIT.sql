/* ---
title      = "分户并户"
asks       = "该户是否确已分户或并户？户类型和监测状态随哪一户？"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no"]
answers    = ["属实，已分户", "属实，已并户", "户编号有误，已更正"]
proof      = "户口簿首页"
why        = "分户并户后户编号变了，补助资格要按新户核对。"
clause     = "监测系统户信息变更要求"
since      = 2021-09-01
--- */
-- One row = one household of tonight with people who were in another in the last snapshot,
-- while that one goes on, or this one was there already. A household whose number alone
-- changed is none of it. The subject is the head among those who moved.
with moved as (
    select
        now.*,
        person.person_id
    from lnk_now as now
    inner join lnk_person as person on person.person_key = now.person_key
    where
        now.household_no <> now.last_household_no
        and (
            now.household_no in (
                select household_no from lnk_last
                where household_no is not null
            )
            or now.last_household_no in (
                select household_no from lnk_now
                where household_no is not null
            )
        )
        -- somebody in two households has a finding of his own
        and not exists (
            select 1 from lnk_now as beside
            where
                beside.person_key = now.person_key
                and beside.household_no <> now.household_no
        )
)

select
    first(person_key order by relation is distinct from '户主', person_id, person_key)
        as subject_key,
    no_text() as period_no,
    cast(count(distinct person_key) as varchar) || '人换了户编号' as observed,
    '与' || day_zh(max(last_on)) || '导出同户' as expected,
    0 as yuan_at_stake,
    register_zh(max(snapshot_on)) || '中该户有' || cast(count(distinct person_key) as varchar)
    || '人，在' || register_zh(max(last_on)) || '中属另一户，请确认分户或并户。'
        as sentence,
    cells([cell(row_id, 'household_no'), cell(last_row_id, 'household_no')]) as evidence,
    no_text() as hold_reason
from moved
group by household_no
