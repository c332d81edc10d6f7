/* ---
title      = "出生日期与证件不符"
asks       = "出生日期和证件号码对不上，哪一项有误？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.birth_on"]
answers    = ["出生日期有误，已更正", "号码有误，已更正", "户口与证件不一致，按证件", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "出生日期与号码第7至14位不符，必有一项录错。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose stated birth date is not that of the good number beside it,
-- as far as the cell says it: 2005.9 is a month, 2005 a year.
select
    number.subject_key,
    no_text() as period_no,
    first(day_zh(number.birth_on) order by number.seen_on desc, number.row_id desc)
        as observed,
    first(day_zh(id_birth(number.pid)) order by number.seen_on desc, number.row_id desc)
        as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的出生日期为“' || first(
        number.birth_written order by number.seen_on desc, number.row_id desc
    ) || '”，证件号码“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”为' || first(
        day_zh(id_birth(number.pid)) order by number.seen_on desc, number.row_id desc
    ) || '。' as sentence,
    cells([cell(number.row_id, 'birth_on'), cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.is_check_good
    and number.is_date_good
    and not number.is_explained
    and not number.is_two_names
    and date_trunc(number.birth_unit, number.birth_on)
    <> date_trunc(number.birth_unit, id_birth(number.pid))
group by number.subject_key
