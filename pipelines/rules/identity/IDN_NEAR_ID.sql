/* ---
title      = "证件号疑似录错"
asks       = "两个系统里的证件号码，哪一个和身份证一致？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "monitored_person"]
answers    = ["名册有误，已更正", "监测系统有误，已更正", "不是同一人", "无法联系"]
money      = ["risk"]
proof      = "身份证或户口簿本人页"
why        = "姓名和家庭一致而号码不同，多半有一个系统录错，影响补助发放。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one person whom a roster knows by a number near to the register's.
with near as (
    select
        roster.subject_key,
        roster.row_id,
        roster.tier,
        roster.form,
        roster.period_no,
        roster.standard_fen,
        coalesce(raw.id_number, roster.id_number) as roster_number,
        coalesce(roster.pid, roster.kept) as roster_pid,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        person.row_id as register_row_id,
        person.person_id as register_number,
        register_zh(person.snapshot_on) as register_zh
    from lnk_roster_row as roster
    inner join lnk_person as person on person.person_key = roster.person_key
    left join raw_yulu_roster as raw on raw.row_id = roster.row_id
    where roster.tier in ('id_near', 'id_cut')
),

per_period as (
    select
        subject_key,
        period_no,
        min(standard_fen) as standard_fen
    from near
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
    near.subject_key,
    no_text() as period_no,
    first(near.roster_number order by near.period_no desc, near.row_id desc) as observed,
    first(near.register_number order by near.period_no desc, near.row_id desc)
        as expected,
    whole_yuan(max(stake.fen)) as yuan_at_stake,
    first(
        near.register_zh || '证件号码为“' || mask_id(near.register_number) || '”，'
        || near.roster_zh || case
            when near.form = 'cut'
                then
                    '的号码被表格截断，只有前'
                    || cast(length(near.roster_pid) as varchar) || '位可信，与之相符。'
            -- not an old number: the beginning of the new one
            when
                near.form = 'id15'
                and starts_with(
                    near.register_number,
                    left(near.roster_pid, 6) || substr(near.roster_pid, 9, 9)
                )
                then '的号码只有前者的前15位。'
            when near.tier = 'id_cut'
                then
                    '为“' || mask_id(near.roster_pid) || '”，前者被表格截断，可信的几位相符。'
            when length(near.roster_pid) = length(near.register_number)
                then
                    '为“' || mask_id(near.roster_pid) || '”，'
                    || differing(near.register_number, near.roster_pid)
                    || '不同，其余信息像同一人。'
            else
                '为“' || mask_id(near.roster_pid) || '”，共'
                || cast(length(near.roster_pid) as varchar) || '位，其余信息像同一人。'
        end
        order by near.period_no desc, near.row_id desc
    ) as sentence,
    cells(
        case when near.register_row_id is null then [cell(near.row_id, 'id_number')] else [
            cell(near.row_id, 'id_number'), cell(near.row_id, 'name'),
            cell(near.register_row_id, 'id_number'), cell(near.register_row_id, 'name'),
        ] end
    ) as evidence,
    no_text() as hold_reason
from near
inner join stake on stake.subject_key = near.subject_key
group by near.subject_key
