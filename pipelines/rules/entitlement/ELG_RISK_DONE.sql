/* ---
title      = "风险消除后仍享受"
asks       = "该户风险是否在基准日前已消除？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.monitored_category",
    "monitored_person.eliminated_on|monitored_person.is_risk_done",
    "policy.risk",
]
answers    = ["属实，停发", "消除时间有误，已更正", "按规定可继续享受"]
money      = ["listed_over", "risk"]
proof      = "风险消除审批表或系统截图"
why        = "风险消除后的监测对象家庭，从下一学年起不再享受。"
policy     = "risk"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose household's risk had been eliminated
-- by the reference day.
select
    roster.subject_key,
    roster.period_no,
    first(
        coalesce(strftime(standing.eliminated_on, '%Y-%m-%d') || '消除', '风险已消除')
        order by roster.row_id
    ) as observed,
    first(
        case standing.risk_mode
            when 'new_only' then '消除前已在享受'
            else day_zh(standing.reference_on) || '仍未消除'
        end
        order by roster.row_id
    ) as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        register_zh(standing.snapshot_on) || standing.household_zh || '，风险已于'
        || day_zh(standing.eliminated_on) || '消除，'
        || case standing.risk_mode
            when 'new_only' then '消除之前的名册、发放文件没有该生，不得新申请；'
            else
                '不晚于' || period_zh(roster.period_no) || '基准日'
                || day_zh(standing.reference_on) || '；'
        end
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '仍列有该生。'
        order by roster.row_id desc
    ) as sentence,
    cells([
        cell(roster.row_id, 'id_number'), cell(standing.row_id, 'monitored_category'),
        cell(standing.row_id, 'is_risk_done'), cell(standing.row_id, 'eliminated_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join lnk_standing as standing
    on
        standing.person_key = roster.person_key
        and standing.period_no = roster.period_no
where standing.why = 'risk_done'
group by roster.subject_key, roster.period_no
