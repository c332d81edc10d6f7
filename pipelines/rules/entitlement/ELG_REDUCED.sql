/* ---
title      = "成员已自然减少"
asks       = "该人是否确已减少（去世、婚嫁、迁出等）？何时？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "member_departure", "member_departure.departed_on"]
answers    = ["属实，停发", "减少登记有误，已更正", "减少后仍由本户抚养", "无法联系"]
money      = ["listed_over", "risk"]
proof      = "户口簿、注销或迁移证明"
why        = "基准日前已减少的成员，不应再列入补助名册。"
clause     = "补助对象为登记在册家庭的在册成员"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose departure is dated before the
-- reference day. The number meets the departure directly too (ruling 6). A household
-- that has moved away whole is ELG_MOVED.
with departed as (
    select
        roster.row_id,
        link.row_id as departure_row_id,
        link.departed_on
    from lnk_roster_row as roster
    inner join lnk_departure as link on link.person_key = roster.person_key

    union

    select
        roster.row_id,
        departure.row_id as departure_row_id,
        departure.departed_on
    from lnk_roster_row as roster
    inner join stg_member_departure as departure
        on departure.id_number_pid = roster.pid
    where
        roster.form in ('id18', 'id15', 'disability', 'student_no')
        and departure.id_number_form in ('id18', 'id15', 'disability', 'student_no')
        and roster.tier <> 'ambiguous'
)

select
    roster.subject_key,
    roster.period_no,
    first(
        coalesce(departure.departure_reason || '，', '') || day_zh(departed.departed_on)
        order by departed.departed_on, departed.departure_row_id
    ) as observed,
    first(day_zh(roster.reference_on) || '仍在册' order by roster.row_id) as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        '自然减少名单登记该人' || day_zh(departed.departed_on) || '因'
        || said(departure.departure_reason) || '减少，早于' || period_zh(roster.period_no)
        || '基准日' || day_zh(roster.reference_on) || '；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '仍列有该生。'
        order by departed.departed_on, departed.departure_row_id, roster.row_id desc
    ) as sentence,
    cells([
        cell(roster.row_id, 'id_number'), cell(departed.departure_row_id, 'departed_on'),
        cell(departed.departure_row_id, 'departure_reason'),
    ]) as evidence,
    no_text() as hold_reason
from departed
inner join lnk_roster_row as roster on roster.row_id = departed.row_id
inner join stg_member_departure as departure
    on departure.row_id = departed.departure_row_id
where
    departed.departed_on < roster.reference_on
    and not exists (
        select 1 from lnk_moved as moved
        where
            moved.person_key = roster.person_key
            and moved.moved_on < roster.reference_on
    )
group by roster.subject_key, roster.period_no
