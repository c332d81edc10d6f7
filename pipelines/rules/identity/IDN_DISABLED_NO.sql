/* ---
title      = "登记为残疾人证号"
asks       = "证件号码一栏填的是残疾人证号，已按前18位比对。"
severity   = "I"
owner      = "operator"
subject    = "person"
population = "scope"
needs      = ["monitored_person"]
answers    = ["已知悉", "已改为身份证号"]
proof      = "残疾人证"
why        = "残疾人证号由身份证号加类别、等级组成，比对用前18位。"
clause     = "残疾人证编号规则：18位＋类别＋等级"
since      = 2021-09-01
--- */
-- One row = one person written with a disability card's number, whose first 18 are good
-- and whose suffix is one there is.
select
    number.subject_key,
    no_text() as period_no,
    first(number.written order by number.seen_on desc, number.row_id desc) as observed,
    first(number.pid order by number.seen_on desc, number.row_id desc) as expected,
    0 as yuan_at_stake,
    string_agg(distinct number.source_zh, '、' order by number.source_zh)
    || '的证件号码是残疾人证号（' || first(
        case substr(number.suffix, 1, 1)
            when '1' then '视力'
            when '2' then '听力'
            when '3' then '言语'
            when '4' then '肢体'
            when '5' then '智力'
            when '6' then '精神'
            else '多重'
        end || '残疾，' || substr(number.suffix, 2, 1) || '级'
        order by number.seen_on desc, number.row_id desc
    ) || '），已按前18位“'
    || mask_id(first(number.pid order by number.seen_on desc, number.row_id desc))
    || '”比对。' as sentence,
    cells([cell(number.row_id, 'id_number')]) as evidence,
    no_text() as hold_reason
from lnk_number as number
where
    number.form = 'disability'
    and number.source = 'monitored_person'
    and number.is_check_good
    and number.is_date_good
    and not number.is_explained
    and regexp_matches(number.suffix, '^[1-7][1-4]')
group by number.subject_key
