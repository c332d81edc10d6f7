/* ---
title      = "发放滞后"
asks       = "名册确定后为什么这么久才发放？"
severity   = "C"
owner      = "county"
subject    = "person"
population = "payment"
needs      = ["yulu_payment", "yulu_roster", "yulu_payment.paid_on"]
answers    = ["属实，已说明原因", "属补发", "入账日期有误，已更正"]
proof      = "发放文件、拨付凭证"
why        = "发放拖得太久，家庭缴费时用不上。"
clause     = "补助资金应在名册公示后及时发放"
since      = 2021-09-01
--- */
-- One row = one student and period, whose first successful payment came too long after
-- the date of the approved list.
with limits as (
    select max(value) filter (where name = 'pay_days') as pay_days
    from ref_limit
),

listed as (
    select
        subject_key,
        period_no,
        arg_min(row_id, struct_pack(day := listed_on, row_no := row_id)) as row_id,
        min(listed_on) as listed_on
    from lnk_roster_row
    where not is_applied and listed_on is not null
    group by subject_key, period_no
),

paid as (
    select
        subject_key,
        period_no,
        arg_min(row_id, struct_pack(day := paid_on, row_no := row_id)) as row_id,
        min(paid_on) as paid_on
    from lnk_paid
    where is_success and paid_on is not null
    group by subject_key, period_no
),

-- refused first and made good later: the account was late, not the office
refused as (
    select distinct
        subject_key,
        period_no
    from lnk_paid
    where is_failure
)

select
    paid.subject_key,
    paid.period_no,
    cast(date_diff('day', listed.listed_on, paid.paid_on) as varchar) || '天' as observed,
    '不超过' || cast(cast(limits.pay_days as integer) as varchar) || '天' as expected,
    0 as yuan_at_stake,
    '雨露名册（' || period_zh(paid.period_no) || '）日期为' || day_zh(listed.listed_on)
    || '，发放文件入账日期为' || day_zh(paid.paid_on) || '，相隔'
    || cast(date_diff('day', listed.listed_on, paid.paid_on) as varchar) || '天，超过'
    || cast(cast(limits.pay_days as integer) as varchar) || '天。' as sentence,
    list_sort([cell(listed.row_id, 'id_number'), cell(paid.row_id, 'paid_on')])
        as evidence,
    no_text() as hold_reason
from paid
inner join listed
    on listed.subject_key = paid.subject_key and listed.period_no = paid.period_no
cross join limits
left join refused
    on refused.subject_key = paid.subject_key and refused.period_no = paid.period_no
where
    date_diff('day', listed.listed_on, paid.paid_on) > limits.pay_days
    and refused.subject_key is null
