/* ---
title      = "残疾证后缀无效"
asks       = "残疾人证号末两位的类别、等级是多少？"
severity   = "C"
owner      = "township"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正", "不是残疾人证号，已改为身份证号", "无法联系"]
proof      = "残疾人证"
why        = "第19位是类别1至7，第20位是等级1至4，别的数字都是录错。"
clause     = "残疾人证编号规则：18位＋类别＋等级"
since      = 2021-09-01
--- */
-- One row = one person written with a disability card's number that ends in no category
-- or grade there is.
select
    number.subject_key,
    no_text() as period_no,
    first(left(number.suffix, 2) order by number.seen_on desc, number.row_id desc)
        as observed,
    '第19位1至7，第20位1至4' as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的残疾人证号“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”之后为“'
    || first(left(number.suffix, 2) order by number.seen_on desc, number.row_id desc)
    || '”，类别应为1至7、等级应为1至4。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.form = 'disability'
    and not number.is_explained
    and not regexp_matches(number.suffix, '^[1-7][1-4]')
group by number.subject_key
