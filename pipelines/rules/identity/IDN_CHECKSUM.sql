/* ---
title      = "校验码错误"
asks       = "证件号码有一位录错，正确号码是多少？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正", "号码无误", "查无此人", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "末位校验码算不对，说明18位里有录错的。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose own number fails its check character. A number whose
-- date is wrong too has one cause: IDN_DATE tells it.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    '按前17位，末位应为“'
    || id_check(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”末位校验不符，按前17位应为“'
    || id_check(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”，18位中有录错的。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.has_check
    and number.is_date_good
    and not number.is_check_good
    and not number.is_explained
group by number.subject_key
