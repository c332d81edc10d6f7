/* ---
title      = "证件号已更正"
asks       = "证件号码换了，往期记录已并到同一人名下。"
severity   = "I"
owner      = "operator"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.person_no|monitored_person.household_no"]
answers    = ["已知悉", "不是同一人"]
proof      = "身份证"
why        = "号码更正后，旧名册和发放记录仍按旧号码，要并到一起。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whose number the current register writes otherwise than the last.
select
    now.person_key as subject_key,
    no_text() as period_no,
    first(now.pid order by now.row_id desc) as observed,
    first(now.last_pid order by now.row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        register_zh(now.snapshot_on) || '证件号码为“' || mask_id(now.pid) || '”，'
        || register_zh(now.last_on) || '为“' || mask_id(now.last_pid) || '”，'
        || case
            when length(now.pid) = length(now.last_pid)
                then differing(now.last_pid, now.pid) || '不同，'
            else ''
        end || '已按同一人合并往期记录。'
        order by now.row_id desc
    ) as sentence,
    cells([cell(now.row_id, 'id_number'), cell(now.last_row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_now as now
where now.pid <> now.last_pid
group by now.person_key
