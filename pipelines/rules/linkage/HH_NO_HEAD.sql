/* ---
title      = "无户主"
asks       = "这一户的户主是谁？原户主减少后应指定新的户主。"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no", "monitored_person.relation"]
answers    = ["已指定户主", "漏导户主，已补", "户编号有误，已更正"]
proof      = "户口簿首页"
why        = "没有户主，补助账户和家庭关系都无从核对。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one household in scope without a head; the subject is the member in scope
-- with the smallest number. A member whose relation is not told may be the head.
select
    first(entry.person_key order by not entry.is_in_scope, person.person_id, entry.person_key)
        as subject_key,
    no_text() as period_no,
    '无户主' as observed,
    '1个户主' as expected,
    0 as yuan_at_stake,
    max(entry.register_zh) || '中该户' || cast(count(distinct entry.person_key) as varchar)
    || '人，没有户主，应当有1个。' as sentence,
    cells([cell(entry.row_id, 'relation')]) as evidence,
    no_text() as hold_reason
from lnk_entry as entry
inner join lnk_person as person on person.person_key = entry.person_key
where entry.is_home_in_scope
group by entry.household_no, entry.snapshot_on
having
    bool_and(entry.relation is not null)
    and not bool_or(coalesce(entry.relation = '户主', false))
