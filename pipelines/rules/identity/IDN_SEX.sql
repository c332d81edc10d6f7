/* ---
title      = "性别与证件不符"
asks       = "性别和证件号码对不上，哪一项有误？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster.sex|monitored_person.sex"]
answers    = ["性别有误，已更正", "号码有误，已更正", "两项都无误", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "号码第17位单数为男、双数为女，不符必有一项录错。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose stated sex is not that of the good number beside it.
select
    number.subject_key,
    no_text() as period_no,
    first(number.sex order by number.seen_on desc, number.row_id desc) as observed,
    first(id_sex(number.pid) order by number.seen_on desc, number.row_id desc) as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的性别为“' || first(number.sex order by number.seen_on desc, number.row_id desc)
    || '”，证件号码“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”第17位为“' || first(
        id_sex(number.pid) order by number.seen_on desc, number.row_id desc
    ) || '”。' as sentence,
    cells([cell(number.row_id, 'sex'), cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.is_check_good
    and number.is_date_good
    and not number.is_explained
    and number.sex <> id_sex(number.pid)
    -- a number on two people is told by IDN_SAME_ID_2NAMES
    and not number.is_two_names
group by number.subject_key
