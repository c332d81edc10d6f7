/* ---
title      = "人口数不符"
asks       = "该户登记的人口数和成员行数不同，少登了谁或多登了谁？"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = [
    "monitored_person",
    "monitored_person.household_no",
    "monitored_person.household_size",
]
absence_of = "monitored_person"
answers    = ["人口数已更正", "成员已补录", "多余成员已删除"]
proof      = "户口簿全户页"
why        = "人均收入按人口数算，人口数不符收入也不对。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one household in scope, whose stated size is not the number of its people in
-- the current register; the subject is the head, else the member with the smallest number.
with counted as (
    select
        entry.household_no,
        entry.snapshot_on,
        first(
            entry.person_key
            order by entry.relation is distinct from '户主', person.person_id, entry.person_key
        ) as subject_key,
        count(distinct entry.person_key) as people,
        min(stated.household_size) as least,
        max(stated.household_size) as most,
        max(entry.register_zh) as register_zh,
        cells([cell(entry.row_id, 'household_size')]) as evidence
    from lnk_entry as entry
    inner join lnk_person as person on person.person_key = entry.person_key
    inner join stg_monitored_person as stated on stated.row_id = entry.row_id
    where
        entry.is_home_in_scope
        -- somebody in two households is HH_PERSON_2HH
        and entry.household_no not in (
            select twice.household_no
            from lnk_entry as twice
            inner join lnk_entry as beside
                on
                    beside.person_key = twice.person_key
                    and beside.household_no <> twice.household_no
            where twice.household_no is not null
        )
    group by entry.household_no, entry.snapshot_on
)

select
    subject_key,
    no_text() as period_no,
    cast(cast(most as integer) as varchar) || '人' as observed,
    cast(people as varchar) || '人' as expected,
    0 as yuan_at_stake,
    register_zh || '该户家庭人口数为' || cast(cast(most as integer) as varchar)
    || '，成员有' || cast(people as varchar) || '人，应当一致。' as sentence,
    evidence,
    no_text() as hold_reason
from counted
where most is not null and (least <> people or most <> people)
