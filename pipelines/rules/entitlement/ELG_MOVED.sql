/* ---
title      = "整户迁出"
asks       = "该户是否确已整户迁出本县？由哪个县继续负责？"
severity   = "B"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.household_no",
    "member_departure",
    "member_departure.departed_on",
]
answers    = ["属实，移交迁入县", "未整户迁出，减少登记有误", "迁出后仍由本县负责，有文件"]
money      = ["listed_over", "risk"]
proof      = "户口迁移证明、移交记录"
why        = "学生户口迁走不影响补助，整户迁走要移交迁入县。"
policy     = "residence"
since      = 2021-09-01
--- */
-- One row = one funded student and period, of whose household everybody had left as
-- 迁出 before the reference day. It takes the place of ELG_REDUCED.
select
    roster.subject_key,
    roster.period_no,
    first('整户' || cast(moved.people as varchar) || '人迁出' order by roster.row_id)
        as observed,
    first(day_zh(roster.reference_on) || '仍在册' order by roster.row_id) as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        '自然减少名单登记该户' || cast(moved.people as varchar) || '人均已迁出，最后一人为'
        || day_zh(moved.moved_on) || '，早于' || period_zh(roster.period_no) || '基准日'
        || day_zh(roster.reference_on) || '；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '仍列有该生。'
        order by roster.row_id desc
    ) as sentence,
    list_sort(list_distinct(list_concat(
        list(cell(roster.row_id, 'id_number')), flatten(list(moved.evidence))
    ))) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join lnk_moved as moved on moved.person_key = roster.person_key
where moved.moved_on < roster.reference_on
group by roster.subject_key, roster.period_no
