/* ---
title      = "证件号缺失"
asks       = "该人的身份证号是多少？请照身份证或户口簿抄写。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已补正", "无户口或证件", "查无此人", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "没有证件号，两个系统对不上，补助也发不到人。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whose own number is empty or a placeholder.
select
    number.subject_key,
    no_text() as period_no,
    coalesce(
        first(number.written order by number.seen_on desc, number.row_id desc), ''
    ) as observed,
    '证件号码应填写' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码为空，应填18位身份证号。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where number.form = 'missing' and not number.is_explained
group by number.subject_key
