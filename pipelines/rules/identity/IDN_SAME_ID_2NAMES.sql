/* ---
title      = "同号不同名"
asks       = "这个证件号码是谁的？两个姓名是不是同一个人？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person"]
answers    = ["同一人，监测系统姓名有误", "同一人，名册姓名有误", "不是同一人，号码录错", "无法联系"]
proof      = "身份证或户口簿本人页"
why        = "一个号码两个姓名，补助可能发错人。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whom a roster calls by another name than the register does; also
-- a student in whose place the head's number was typed, beside the head.
with register as (
    -- the rows that describe the person now; two of them under one number both count
    select
        link.person_key,
        link.row_id,
        link.snapshot_on,
        person.name,
        person.name_key
    from lnk_register as link
    inner join stg_monitored_person as person on person.row_id = link.row_id
    left join lnk_person as known on known.person_key = link.person_key
    where link.is_current or link.row_id = known.row_id
),

differing as (
    select
        roster.subject_key,
        roster.row_id as roster_row_id,
        roster.name as roster_name,
        roster.listed_on,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        roster.period_no,
        register.row_id as register_row_id,
        register.name as register_name,
        register_zh(register.snapshot_on) as register_zh
    from lnk_roster_row as roster
    left join lnk_borrowed as borrowed on borrowed.row_id = roster.row_id
    inner join register
        on register.person_key = coalesce(borrowed.owner_key, roster.person_key)
    where
        (
            roster.tier in ('id', 'id15', 'student_no')
            or borrowed.owner_key is not null
        )
        and roster.name_key <> register.name_key
)

select
    subject_key,
    no_text() as period_no,
    first(
        roster_name order by period_no desc, roster_row_id desc, register_row_id desc
    ) as observed,
    first(
        register_name order by period_no desc, roster_row_id desc, register_row_id desc
    ) as expected,
    0 as yuan_at_stake,
    first(
        '同一证件号码，' || register_zh || '姓名为“' || register_name || '”，'
        || roster_zh || '姓名为“' || roster_name || '”。'
        order by period_no desc, roster_row_id desc, register_row_id desc
    ) as sentence,
    cells([
        cell(roster_row_id, 'name'), cell(roster_row_id, 'id_number'),
        cell(register_row_id, 'name'), cell(register_row_id, 'id_number'),
    ]) as evidence,
    no_text() as hold_reason
from differing
group by subject_key
