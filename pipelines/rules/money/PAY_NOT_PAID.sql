/* ---
title      = "应发未发"
asks       = "名册已审核通过，为什么没有发放记录？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_payment"]
absence_of = "yulu_payment"
answers    = ["已发放，发放文件漏列", "待发放", "已停发，有依据", "证件号或账号不符"]
money      = ["paid_short"]
proof      = "发放回单"
why        = "已通过审核的学生没有领到补助。"
clause     = "补助直接发放到户（一卡通）"
since      = 2021-09-01
--- */
-- One row = one student approved for a period, of whom the period's payment file says
-- nothing. A half year counts only where its own payment file is there.
with due as (
    select
        *,
        unnest(halves) as half
    from lnk_roster_row
    where tier <> 'ambiguous' and not is_applied and not is_waived
),

paid_half as (
    select distinct
        period_no,
        unnest(halves) as half
    from lnk_paid
),

touched as (
    select distinct
        subject_key,
        period_no,
        unnest(halves) as half
    from lnk_paid
),

nameless as (
    -- payments that met nobody: one of them may be this student's
    select distinct
        period_no,
        unnest([name_key, holder_name_key]) as name_key
    from lnk_paid
    where via = 'none'
),

lacking as (
    select due.*
    from due
    inner join paid_half
        on paid_half.period_no = due.period_no and paid_half.half = due.half
    left join touched
        on
            touched.subject_key = due.subject_key
            and touched.period_no = due.period_no
            and touched.half = due.half
    where touched.subject_key is null
),

file_on as (
    select
        period_no,
        max(coalesce(paid_on, listed_on)) as paid_on
    from lnk_paid
    group by period_no
)

select
    lacking.subject_key,
    lacking.period_no,
    '无发放记录' as observed,
    first(
        yuan_zh(coalesce(lacking.amount_fen, lacking.standard_fen))
        order by lacking.row_id desc
    ) as expected,
    whole_yuan(
        count(distinct lacking.half)
        * max(
            coalesce(lacking.amount_fen, lacking.half_fen * len(lacking.halves))
            // len(lacking.halves)
        )
    ) as yuan_at_stake,
    first(
        roster_zh(lacking.period_no, lacking.listed_on, lacking.is_applied)
        || '已通过审核，补助'
        || yuan_zh(coalesce(lacking.amount_fen, lacking.half_fen * len(lacking.halves)))
        || '；' || period_zh(lacking.period_no) || '发放文件'
        || coalesce('（截至' || strftime(file_on.paid_on, '%Y-%m-%d') || '）', '')
        || '没有该生的发放记录。'
        order by lacking.row_id desc
    ) as sentence,
    cells([cell(lacking.row_id, 'id_number'), cell(lacking.row_id, 'amount_fen')])
        as evidence,
    case
        when bool_or(student.name_key is not null or head.name_key is not null)
            then '有一笔未能对应到人的发放与该生或户主同名'
    end as hold_reason
from lacking
inner join file_on on file_on.period_no = lacking.period_no
left join nameless as student
    on student.period_no = lacking.period_no and student.name_key = lacking.name_key
left join nameless as head
    on head.period_no = lacking.period_no and head.name_key = lacking.head_name_key
group by lacking.subject_key, lacking.period_no
