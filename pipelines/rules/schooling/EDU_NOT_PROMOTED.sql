/* ---
title      = "年级未升"
asks       = "全乡镇学生的在校生状况还是上学年的，什么时候更新？"
severity   = "C"
owner      = "township"
subject    = "place"
population = "vocational"
needs      = ["monitored_person", "monitored_person.school_state"]
answers    = ["已批量更新", "正在更新"]
proof      = "更新后的导出"
why        = "秋季要更新年度基础信息，不升年级，其余比对都会错。"
clause     = "户年度基础信息更新（每年秋季）"
since      = 2021-09-01
--- */
-- One row = one township and school year, most of whose students still show the grade of
-- the school year before though promotion is due: one task, not a thousand.
select
    township as subject_key,
    period_no,
    cast(unchanged as varchar) || '人年级未变' as observed,
    '升入下一年级' as expected,
    0 as yuan_at_stake,
    township || register_zh(snapshot_on) || '中' || cast(compared as varchar)
    || '名应升级的学生有' || cast(unchanged as varchar) || '名仍是'
    || day_zh(before_on) || '的年级，请批量更新在校生状况。' as sentence,
    evidence,
    no_text() as hold_reason
from lnk_unpromoted
