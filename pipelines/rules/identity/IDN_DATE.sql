/* ---
title      = "出生日期无效"
asks       = "证件号码中的出生日期不存在，正确号码是多少？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正", "号码无误", "查无此人", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "号码第7至14位不是真实日期，号码一定录错了。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose own number carries no date, or one in the future.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    '第7至14位应为真实的出生日期' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”第7至14位不是真实的出生日期，应照身份证更正。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where number.has_date and not number.is_date_good and not number.is_explained
group by number.subject_key
