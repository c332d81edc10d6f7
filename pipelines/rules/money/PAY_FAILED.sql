/* ---
title      = "发放失败未补发"
asks       = "请核对账户，提供可用的一卡通账号。"
severity   = "A"
owner      = "village"
subject    = "person"
population = "payment"
needs      = ["yulu_payment", "yulu_payment.payment_status"]
answers    = ["已提供新账户", "账户已恢复", "已补发", "自愿放弃", "无法联系"]
money      = ["paid_short"]
proof      = "一卡通复印件"
why        = "银行退回后没有再发成功，家庭还没拿到钱。"
clause     = "补助直接发放到户（一卡通）"
since      = 2021-09-01
--- */
-- One row = one person and period, whose payment the bank returned and never made good.
with outcome as (
    select
        *,
        unnest(halves) as half
    from lnk_paid
    where is_success or is_failure
),

per_half as (
    select
        subject_key,
        period_no,
        half,
        bool_or(is_success) as has_success,
        max(amount_fen // len(halves)) filter (where is_failure) as fen
    from outcome
    group by subject_key, period_no, half
    having not bool_or(is_success)
),

unpaid as (
    select
        subject_key,
        period_no,
        list(half order by half) as open_halves,
        sum(fen) as fen
    from per_half
    group by subject_key, period_no
)

select
    paid.subject_key,
    paid.period_no,
    first(coalesce(paid.failure_reason, '失败') order by paid.paid_on desc, paid.row_id desc)
        as observed,
    '发放成功' as expected,
    whole_yuan(max(unpaid.fen)) as yuan_at_stake,
    first(
        '发放文件' || coalesce('（' || strftime(paid.paid_on, '%Y-%m-%d') || '）', '')
        || period_zh(paid.period_no) || coalesce(yuan_zh(paid.amount_fen), '')
        || '发放失败，原因' || said(paid.failure_reason) || '，之后没有成功记录。'
        order by paid.paid_on desc, paid.row_id desc
    ) as sentence,
    cells([
        cell(paid.row_id, 'payment_status'), cell(paid.row_id, 'failure_reason'),
        cell(paid.row_id, 'amount_fen'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_paid as paid
inner join unpaid
    on
        unpaid.subject_key = paid.subject_key
        and unpaid.period_no = paid.period_no
where paid.is_failure and list_has_any(paid.halves, unpaid.open_halves)
group by paid.subject_key, paid.period_no
