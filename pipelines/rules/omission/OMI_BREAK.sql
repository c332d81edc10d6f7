/* ---
title      = "上期享受本期断档"
asks       = "该生是退学、休学、参军，还是漏报？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["monitored_person", "yulu_roster"]
absence_of = "yulu_roster"
answers    = ["属实，补报", "已退学", "休学", "参军", "自愿放弃", "无法联系"]
money      = ["listed_short"]
proof      = "学籍证明或在校证明；退学、休学的，学校证明"
why        = "上一学年享受、学制未满，本学年却不在名册，多半漏报或已离校。"
policy     = "programme_end"
since      = 2021-09-01
--- */
-- One row = one entitled student, on the roster of the period before, whose programme
-- goes on and who is missing now.
select
    lacking.person_key as subject_key,
    lacking.period_no,
    first(
        period_zh(lacking.before_period_no) || '在名册' order by lacking.before_row_id
    ) as observed,
    first(period_zh(lacking.period_no) || '应在名册' order by lacking.before_row_id)
        as expected,
    whole_yuan(min(standard.least_fen)) as yuan_at_stake,
    first(
        roster_zh(
            lacking.before_period_no, lacking.before_listed_on, lacking.before_is_applied
        )
        || '列有该生' || coalesce('（' || lacking.school_name || '）', '')
        || coalesce('，' || cast(lacking.entry_year as varchar) || '年入学', '')
        || coalesce('，学制' || replace(cast(lacking.years as varchar), '.0', '') || '年', '')
        || '，尚未毕业；' || lacking.roster_zh || '没有该生。'
        order by lacking.before_row_id desc
    ) as sentence,
    cells([
        cell(lacking.before_row_id, 'id_number'), cell(lacking.before_row_id, 'entry_on'),
        cell(lacking.before_row_id, 'programme_years'),
        cell(lacking.household_row_id, 'household_type'),
        cell(lacking.household_row_id, 'monitored_category'),
    ]) as evidence,
    first(lacking.hold_reason order by lacking.before_row_id) as hold_reason
from lnk_break as lacking
left join lnk_standard as standard
    on
        standard.period_no = lacking.period_no
        and standard.kind = lacking.standard_kind
group by lacking.person_key, lacking.period_no
