/* ---
title      = "姓名异常"
asks       = "姓名一栏不像人名，正确姓名是什么？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["yulu_roster|monitored_person"]
answers    = ["已更正", "姓名无误", "查无此人", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "姓名里有数字、只有一个字或写了几个人，无法认人和发放。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person with a name that is none: digits, one character, too long, several
-- people, or a bracket left open. A former name in brackets is no finding (ruling 5).
with limits as (
    select
        max(value) filter (where name = 'name_length_from') as length_from,
        max(value) filter (where name = 'name_length_to') as length_to
    from ref_limit
),

named as (
    select
        number.*,
        bare_name(number.name) as bare
    from lnk_number as number
    -- no name at all is another matter
    where trim(number.name, ' 　') <> ''
)

select
    named.subject_key,
    no_text() as period_no,
    first(named.name order by named.seen_on desc, named.row_id desc) as observed,
    '身份证上的姓名' as expected,
    0 as yuan_at_stake,
    string_agg(distinct named.source_zh, '、' order by named.source_zh)
    || '的姓名写作“' || first(named.name order by named.seen_on desc, named.row_id desc)
    || '”，应为身份证上的一个人的姓名。' as sentence,
    cells([cell(named.row_id, 'name')]) as evidence,
    no_text() as hold_reason
from named
cross join limits
where
    regexp_matches(named.bare, '[0-9０-９]')
    or regexp_matches(named.bare, '等[0-9一二两三四五六七八九十]*人')
    or regexp_matches(named.bare, '[()（）\[\]【】〔〕]')
    or length(regexp_replace(named.bare, '[\s　]', '', 'g')) < limits.length_from
    or length(named.bare) > limits.length_to
group by named.subject_key
