/* ---
title      = "户内重复"
asks       = "同一户里登记了两次的是同一个人吗？"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no"]
answers    = ["已删去重复", "号码录错，不是同一人"]
proof      = "户口簿全户页"
why        = "同一人登记两次，人口数会多算。"
clause     = "监测系统填报要求：一人一行"
since      = 2021-09-01
--- */
-- One row = one person in scope who stands twice in one household on one sheet of the
-- current register. Another sheet or file of the same date is another layout.
with twice as (
    select
        person_key,
        household_no,
        file,
        sheet,
        count(*) as times,
        max(register_zh) as register_zh,
        cells([cell(row_id, 'id_number'), cell(row_id, 'name')]) as evidence
    from lnk_entry
    where is_in_scope and household_no is not null
    group by person_key, household_no, file, sheet
    having count(*) > 1
)

select
    person_key as subject_key,
    no_text() as period_no,
    cast(max(times) as varchar) || '行' as observed,
    '1行' as expected,
    0 as yuan_at_stake,
    max(register_zh) || '中该人在同一户登记了' || cast(max(times) as varchar)
    || '行，应当只有1行。' as sentence,
    list_sort(list_distinct(flatten(list(evidence)))) as evidence,
    no_text() as hold_reason
from twice
group by person_key
