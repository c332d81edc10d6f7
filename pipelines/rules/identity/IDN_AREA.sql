/* ---
title      = "行政区划码异常"
asks       = "证件号码前6位不是任何年份的区划代码，号码有误吗？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["号码无误", "已更正", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "前6位查不到，多半是录错；只作提示，不影响比对。"
clause     = "GB/T 2260 行政区划代码（含历年已撤销的）"
since      = 2021-09-01
--- */
-- One row = one person whose good number begins with a code that never was one.
select
    number.subject_key,
    no_text() as period_no,
    first(left(number.pid, 6) order by number.seen_on desc, number.row_id desc) as observed,
    '历年区划代码之一' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”前6位不是任何年份的行政区划代码，请核对。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
left join ref_area as area on area.area_code = left(number.pid, 6)
where
    number.has_check
    and number.is_check_good
    and number.is_date_good
    and not number.is_explained
    and area.area_code is null
    -- without the list nothing is unknown
    and exists (select 1 from ref_area)
group by number.subject_key
