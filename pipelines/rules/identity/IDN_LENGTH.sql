/* ---
title      = "证件号位数异常"
asks       = "证件号码多了、少了或写了不该有的字，正确号码是多少？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正", "号码无误", "查无此人", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "位数不对的号码对不上任何人。"
clause     = "GB 11643 公民身份号码"
since      = 2021-09-01
--- */
-- One row = one person whose own number has a wrong length or wrong characters.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    '15、18位身份证号，或20、22位残疾人证号' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码“'
    || first(
        coalesce(
            mask_id(number.pid) || '”有' || cast(length(number.pid) as varchar) || '位',
            '”不是号码'
        )
        order by number.seen_on desc, number.row_id desc
    )
    || '，应为18位。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where number.form = 'bad' and not number.is_explained
group by number.subject_key
