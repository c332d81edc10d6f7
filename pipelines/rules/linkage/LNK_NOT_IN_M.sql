/* ---
title      = "雨露学生不在监测系统"
asks       = "该生是不是登记在册家庭的孩子（新增、分户、迁移未录）？若不是，请说明。"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person"]
absence_of = "monitored_person"
answers    = ["属在册家庭，已补录", "分户或迁移，已更正", "不是在册家庭", "证件号有误", "无法联系"]
money      = ["listed_over"]
proof      = "户口簿全户页、身份证"
why        = "名册上的学生在监测系统查不到，可能不符合条件，也可能是漏录。"
clause     = "国开办发〔2015〕19号：补助对象为登记在册家庭的子女"
since      = 2021-09-01
--- */
-- One row = one student with a usable number whom the register does not know, nor the
-- head of the family.
with known as (
    select person_id as pid
    from lnk_person
    where in_register

    union

    select head_id_number_pid as pid
    from stg_monitored_person
),

unknown as (
    select
        roster.*,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh
    from lnk_roster_row as roster
    cross join run
    where
        roster.person_key is null
        and roster.tier <> 'ambiguous'
        and is_usable(roster.form, roster.pid, run.as_of)
        and not exists (
            select 1 from known
            where known.pid = roster.head_pid
        )
),

newest as (
    select max(snapshot_on) as snapshot_on
    from lnk_register
    where is_current
),

per_period as (
    select
        subject_key,
        period_no,
        min(standard_fen) as standard_fen
    from unknown
    group by subject_key, period_no
),

stake as (
    select
        subject_key,
        sum(standard_fen) as fen
    from per_period
    group by subject_key
)

select
    unknown.subject_key,
    no_text() as period_no,
    first(unknown.id_number order by unknown.period_no desc, unknown.row_id desc)
        as observed,
    '监测系统中应有该生' as expected,
    whole_yuan(max(stake.fen)) as yuan_at_stake,
    first(
        unknown.roster_zh || '列有该生，证件号码“' || mask_id(unknown.pid) || '”，'
        || register_zh(newest.snapshot_on) || '中查不到该生，也查不到其户主。'
        order by unknown.period_no desc, unknown.row_id desc
    ) as sentence,
    cells([cell(unknown.row_id, 'id_number'), cell(unknown.row_id, 'head_id_number')])
        as evidence,
    no_text() as hold_reason
from unknown
inner join stake on stake.subject_key = unknown.subject_key
cross join newest
group by unknown.subject_key
