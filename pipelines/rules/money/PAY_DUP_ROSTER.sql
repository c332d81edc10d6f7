/* ---
title      = "名册重复"
asks       = "该生在同一学年列了几次？应保留哪一行？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster"]
answers    = ["重复，已删除", "不是同一人", "属补发，已注明"]
money      = ["listed_over"]
proof      = "名册原件"
why        = "同一学生同一学年只补助一次，多列会多发。"
policy     = "once"
since      = 2021-09-01
--- */
-- One row = one student listed more than once in a period. Rows not yet passed count
-- only where none is approved: the application of an approved row is no duplicate.
with listed as (
    select
        *,
        bool_or(not is_applied) over (partition by subject_key, period_no) as has_approved
    from lnk_roster_row
    where tier <> 'ambiguous' and (person_key is not null or pid is not null)
),

counted as (
    select *
    from listed
    where is_applied <> has_approved
),

half as (
    select
        subject_key,
        period_no,
        half_fen,
        unnest(halves) as half
    from counted
),

covered as (
    select
        subject_key,
        period_no,
        half,
        count(*) as times,
        min(half_fen) as half_fen
    from half
    group by subject_key, period_no, half
),

excess as (
    select
        subject_key,
        period_no,
        sum((times - 1) * half_fen) as fen
    from covered
    group by subject_key, period_no
    having max(times) > 1
)

select
    counted.subject_key,
    counted.period_no,
    cast(count(*) as varchar) || '行' as observed,
    '1行' as expected,
    whole_yuan(max(excess.fen)) as yuan_at_stake,
    case when bool_and(counted.is_applied) then '雨露申报名册' else '雨露名册' end
    || '中该生' || period_zh(counted.period_no) || '列了' || cast(count(*) as varchar)
    || '行（' || string_agg(
        coalesce(strftime(counted.listed_on, '%Y-%m-%d') || '名册', '名册')
        || coalesce(yuan_zh(counted.amount_fen), '未写金额'),
        '、'
        order by counted.row_id
    ) || '），同一' || unit_zh(counted.period_no) || '只应列1行。' as sentence,
    cells([cell(counted.row_id, 'id_number'), cell(counted.row_id, 'amount_fen')])
        as evidence,
    no_text() as hold_reason
from counted
inner join excess
    on
        excess.subject_key = counted.subject_key
        and excess.period_no = counted.period_no
group by counted.subject_key, counted.period_no
