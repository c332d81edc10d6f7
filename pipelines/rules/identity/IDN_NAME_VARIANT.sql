/* ---
title      = "姓名写法不一致"
asks       = "姓名以身份证为准，应统一成哪种写法？"
severity   = "C"
owner      = "operator"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person"]
answers    = ["已统一", "两种写法都对"]
proof      = "身份证或户口簿本人页"
why        = "繁简体、异体字、空格或间隔点不同，银行可能因户名不符退回。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whose name the two systems write in different ways. Outer
-- blanks and a former name in brackets are no difference (ruling 5).
with register as (
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
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        roster.period_no,
        register.row_id as register_row_id,
        register.name as register_name,
        register_zh(register.snapshot_on) as register_zh
    from lnk_roster_row as roster
    inner join register on register.person_key = roster.person_key
    where
        roster.tier in ('id', 'id15', 'student_no')
        and roster.name_key = register.name_key
        and bare_name(roster.name) <> bare_name(register.name)
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
        register_zh || '姓名写作“' || register_name || '”，'
        || roster_zh || '写作“' || roster_name || '”，应统一为身份证上的写法。'
        order by period_no desc, roster_row_id desc, register_row_id desc
    ) as sentence,
    cells([cell(roster_row_id, 'name'), cell(register_row_id, 'name')]) as evidence,
    no_text() as hold_reason
from differing
group by subject_key
