/* ---
title      = "在校生劳动技能异常"
asks       = "在校生的劳动技能应为无劳动力，是在读还是已务工？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.school_state", "monitored_person.labour"]
answers    = ["在读，劳动技能已更正", "已不在读，在校生状况已更正", "无法联系"]
proof      = "学生证"
why        = "在校生不算劳动力，填了劳动力会影响务工和收入统计。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one person in scope who is in school and has another 劳动技能 than 无劳动力.
select
    entry.person_key as subject_key,
    entry.period_no,
    first(entry.labour order by entry.row_id desc) as observed,
    '无劳动力' as expected,
    0 as yuan_at_stake,
    first(
        entry.register_zh || '在校生状况为“' || entry.school_state || '”，劳动技能为“'
        || entry.labour || '”，在校生应为“无劳动力”。'
        order by entry.row_id desc
    ) as sentence,
    cells([cell(entry.row_id, 'school_state'), cell(entry.row_id, 'labour')]) as evidence,
    no_text() as hold_reason
from lnk_entry as entry
where
    entry.is_in_scope
    and entry.stage is not null
    and entry.labour is not null
    and not regexp_matches(entry.labour, '无劳动|^无$|^[-—/]+$')
group by entry.person_key, entry.period_no
