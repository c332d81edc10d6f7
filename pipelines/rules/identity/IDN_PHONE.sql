/* ---
title      = "联系电话无效"
asks       = "该户现在用的手机号是多少？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster.phone|monitored_person.phone|monitored_person.household_phone"]
answers    = ["已更正", "没有电话", "无法联系"]
proof      = "当场拨通"
why        = "电话打不通，补助发放和就业帮扶都通知不到。"
clause     = "数据质量要求：11位手机号码"
since      = 2021-09-01
--- */
-- One row = one person whose phone number is no mobile number.
select
    number.subject_key,
    no_text() as period_no,
    first(number.phone order by number.seen_on desc, number.row_id desc) as observed,
    '11位手机号码' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的联系电话“' || first(
        mask_phone(number.phone) order by number.seen_on desc, number.row_id desc
    ) || '”不是11位手机号码。' as sentence,
    cells([cell(number.row_id, number.phone_field)]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.phone is not null
    and not regexp_full_match(number.phone, '1[3-9][0-9]{9}')
group by number.subject_key
