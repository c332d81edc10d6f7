/* ---
title      = "证件号被科学计数/截断"
asks       = "请把证件号码列设为文本后重新导出；不能重导的，请村里照身份证抄写。"
severity   = "B"
owner      = "operator"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已按文本重新导出", "已照证件更正", "无法更正"]
proof      = "身份证或户口簿本人页"
why        = "表格把长数字改成了近似数，末几位已丢失，不能用来认人。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whose own number a spreadsheet has cut.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    '18位完整号码（文本格式）' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码是数字格式，末几位已失真，应为文本格式的18位号码。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where number.form = 'cut' and not number.is_explained
group by number.subject_key
