/* ---
title      = "一人多户"
asks       = "该人属于哪一户？另一户应删去。"
severity   = "B"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no"]
answers    = ["已保留一户", "号码录错，不是同一人", "正在分户"]
proof      = "户口簿全户页"
why        = "一人登记在两户，户数、人数和补助都会重复。"
clause     = "监测系统填报要求：一人一户"
since      = 2021-09-01
--- */
-- One row = one person in scope whose number the current register has in two households.
select
    entry.person_key as subject_key,
    no_text() as period_no,
    cast(count(distinct entry.household_no) as varchar) || '户' as observed,
    '1户' as expected,
    0 as yuan_at_stake,
    max(entry.register_zh) || '中该人的证件号码登记在'
    || cast(count(distinct entry.household_no) as varchar) || '户（'
    || string_agg(
        distinct coalesce(stated.township, '') || coalesce(stated.village, '')
        || '，户编号尾号' || right(entry.household_no, 4),
        '；'
        order by
            coalesce(stated.township, '') || coalesce(stated.village, '')
            || '，户编号尾号' || right(entry.household_no, 4)
    ) || '），应当只在1户。' as sentence,
    cells([cell(entry.row_id, 'household_no'), cell(entry.row_id, 'id_number')])
        as evidence,
    no_text() as hold_reason
from lnk_entry as entry
inner join stg_monitored_person as stated on stated.row_id = entry.row_id
where entry.is_in_scope and entry.household_no is not null
group by entry.person_key, entry.snapshot_on
having count(distinct entry.household_no) > 1
