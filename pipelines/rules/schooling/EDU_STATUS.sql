/* ---
title      = "学籍状态异常"
asks       = "该生是否确已退学、休学或毕业？何时？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "school_register", "school_register.register_status"]
answers    = ["属实，停发", "已复学", "学籍信息有误，已更正", "休学，暂停", "无法联系"]
money      = ["listed_over", "risk"]
proof      = "学籍证明、休学或退学证明"
why        = "退学停发、休学暂停、毕业后不再享受。"
policy     = "stop"
since      = 2021-09-01
--- */
-- One row = one funded student and period, of whom the school register has a status that
-- stops or pauses the subsidy.
select
    roster.subject_key,
    roster.period_no,
    first(
        stop.status_written || coalesce('，' || strftime(stop.status_on, '%Y-%m-%d'), '')
        order by roster.row_id
    ) as observed,
    '在籍在读' as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        stop.source_zh || '学籍状态为“' || stop.status_written || '”'
        || coalesce('（' || strftime(stop.status_on, '%Y-%m-%d') || '）', '') || '；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '列有该生。'
        order by roster.row_id desc
    ) as sentence,
    cells([
        cell(roster.row_id, 'id_number'), cell(stop.row_id, 'register_status'),
        cell(stop.row_id, 'status_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join lnk_stop as stop
    on stop.subject_key = roster.subject_key and stop.period_no = roster.period_no
-- a death or enlistment on the list of departures before the day is ELG_REDUCED
where
    not exists (
        select 1 from lnk_departure as gone
        where
            gone.person_key = roster.person_key
            and gone.departed_on < roster.reference_on
    )
group by roster.subject_key, roster.period_no
