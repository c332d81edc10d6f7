/* ---
title      = "15位旧证"
asks       = "该人换领二代证了吗？18位号码是多少？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正为18位", "未换证", "无法联系"]
proof      = "二代身份证"
why        = "15位号码早已停用，银行和学籍系统都不认。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose own number is still the old one of 15 digits.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    first(number.pid order by number.seen_on desc, number.row_id desc) as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码是15位旧证号码，按规则应为18位“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”，请照二代证核对。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where number.form = 'id15' and number.is_date_good and not number.is_explained
group by number.subject_key
