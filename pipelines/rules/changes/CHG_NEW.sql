/* ---
title      = "人员新增"
asks       = "该人为什么新登记到这一户？"
severity   = "I"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no"]
answers    = ["收养或投靠", "迁回", "以前漏登", "录错，已删除"]
proof      = "户口簿全户页"
why        = "不是出生也不是婚嫁的新增成员，要说明来由。"
clause     = "人员自然增加须登记原因"
since      = 2021-09-01
--- */
-- One row = one person whom no earlier snapshot knows, in a household that the last one
-- knows, neither newly born nor married into it.
with limits as (
    select max(value) filter (where name = 'birth_age') as birth_age
    from ref_limit
),

fresh as (
    select now.*
    from lnk_now as now
    where
        now.last_row_id is null
        and now.household_no in (select household_no from lnk_last)
        and not exists (
            select 1 from lnk_known as known
            where
                known.person_key = now.person_key
                and known.origin = 'register'
                and known.snapshot_on < now.snapshot_on
        )
),

last_on as (
    select
        household_no,
        max(last_on) as last_on
    from lnk_last
    group by household_no
)

select
    fresh.person_key as subject_key,
    no_text() as period_no,
    day_zh(max(fresh.snapshot_on)) || '导出新增' as observed,
    '出生、婚嫁或有登记原因' as expected,
    0 as yuan_at_stake,
    register_zh(max(fresh.snapshot_on)) || '有该人（与户主关系'
    || said(max(fresh.relation)) || '），' || register_zh(max(last_on.last_on))
    || '该户没有该人，不是出生也不是婚嫁。' as sentence,
    cells([cell(fresh.row_id, 'id_number'), cell(fresh.row_id, 'relation')]) as evidence,
    no_text() as hold_reason
from fresh
cross join limits
inner join last_on on last_on.household_no = fresh.household_no
inner join lnk_person as person on person.person_key = fresh.person_key
where
    coalesce(fresh.relation, '') not in ('配偶', '之儿媳', '之女婿')
    and age_on(person.birth_on, fresh.snapshot_on) >= limits.birth_age
group by fresh.person_key
