/* ---
title      = "仅户主匹配"
asks       = "该生是不是这一户的成员？是的话请在监测系统补录（自然增加）。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person", "yulu_roster.head_id_number"]
absence_of = "monitored_person"
answers    = ["属本户成员，已补录", "不是本户成员", "证件号有误", "无法联系"]
money      = ["listed_over"]
proof      = "户口簿全户页、身份证"
why        = "户主在监测系统而学生不在，多半是成员漏录。"
clause     = "国开办发〔2015〕19号：补助对象为登记在册家庭的子女"
since      = 2021-09-01
--- */
-- One row = one student with a usable number whom the register does not know, while it
-- knows the head of the family.
with known as (
    select
        person_id as pid,
        max(row_id) as row_id,
        'id_number' as field,
        max(snapshot_on) as snapshot_on
    from lnk_person
    where in_register and person_id is not null
    group by person_id

    union all

    select
        head_id_number_pid as pid,
        max(row_id) as row_id,
        'head_id_number' as field,
        max(snapshot_on) as snapshot_on
    from stg_monitored_person
    where
        head_id_number_pid is not null
        and head_id_number_pid not in (
            select person_id from lnk_person
            where in_register and person_id is not null
        )
    group by head_id_number_pid
),

headed as (
    select
        roster.subject_key,
        roster.row_id,
        roster.id_number,
        roster.pid,
        roster.head_pid,
        roster.period_no,
        roster.standard_fen,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        known.row_id as head_row_id,
        known.field as head_field,
        register_zh(known.snapshot_on) as register_zh
    from lnk_roster_row as roster
    cross join run
    inner join known on known.pid = roster.head_pid
    where
        roster.person_key is null
        and roster.tier <> 'ambiguous'
        and is_usable(roster.form, roster.pid, run.as_of)
),

per_period as (
    select
        subject_key,
        period_no,
        min(standard_fen) as standard_fen
    from headed
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
    headed.subject_key,
    no_text() as period_no,
    first(id_number order by period_no desc, row_id desc) as observed,
    '户主家中应登记该生' as expected,
    whole_yuan(max(stake.fen)) as yuan_at_stake,
    first(
        roster_zh || '列有该生，证件号码“' || mask_id(pid) || '”；' || register_zh
        || '中有其户主“' || mask_id(head_pid) || '”，没有该生。'
        order by period_no desc, row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'id_number'), cell(row_id, 'head_id_number'),
        cell(head_row_id, head_field),
    ]) as evidence,
    no_text() as hold_reason
from headed
inner join stake on stake.subject_key = headed.subject_key
group by headed.subject_key
