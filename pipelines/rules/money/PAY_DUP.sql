/* ---
title      = "重复发放"
asks       = "该生同一学年多发的钱是否已追回？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "payment"
needs      = ["yulu_payment", "policy.amount"]
answers    = ["属实，已追回", "属实，正在追回", "不是同一人", "属补发以前学年"]
money      = ["paid_over"]
proof      = "发放回单、追缴凭证"
why        = "同一学年发放合计超过标准，多出部分要追回。"
policy     = "once"
since      = 2021-09-01
--- */
-- One row = one person and period, whose successful payments exceed one standard.
with standard as (
    select
        period_no,
        max(amount_fen) as most_fen
    from ref_standard
    group by period_no
),

listed as (
    select
        subject_key,
        period_no,
        max(coalesce(exact_fen, most_fen)) as standard_fen
    from lnk_roster_row
    group by subject_key, period_no
),

paid as (
    select
        lnk_paid.*,
        coalesce(listed.standard_fen, standard.most_fen) as standard_fen
    from lnk_paid
    inner join standard on standard.period_no = lnk_paid.period_no
    left join listed
        on
            listed.subject_key = lnk_paid.subject_key
            and listed.period_no = lnk_paid.period_no
    where lnk_paid.is_success and lnk_paid.amount_fen is not null
),

per_term as (
    -- two spring payments are too many even when no autumn one was made
    select
        subject_key,
        period_no,
        greatest(
            sum(amount_fen)
            - min(half_of(period_term, standard_fen)) * min(len(halves)),
            0
        ) as excess_fen
    from paid
    group by subject_key, period_no, halves
),

per_period as (
    select
        subject_key,
        period_no,
        sum(excess_fen) as excess_fen
    from per_term
    group by subject_key, period_no
),

total as (
    select
        subject_key,
        period_no,
        sum(amount_fen) as paid_fen,
        min(standard_fen) as standard_fen,
        count(*) as payments,
        min(paid_on) as first_on,
        max(paid_on) as last_on,
        cells([cell(row_id, 'amount_fen'), cell(row_id, 'paid_on')]) as evidence
    from paid
    group by subject_key, period_no
)

select
    total.subject_key,
    total.period_no,
    yuan_zh(total.paid_fen) as observed,
    yuan_zh(total.standard_fen) as expected,
    whole_yuan(
        greatest(total.paid_fen - total.standard_fen, per_period.excess_fen)
    ) as yuan_at_stake,
    '发放文件中该生' || period_zh(total.period_no) || '成功发放'
    || cast(total.payments as varchar) || '笔，合计' || yuan_zh(total.paid_fen)
    || coalesce('（' || case
        when total.first_on = total.last_on then day_zh(total.first_on)
        else day_zh(total.first_on) || '至' || day_zh(total.last_on)
    end || '）', '')
    || '，标准为' || yuan_zh(total.standard_fen) || '。' as sentence,
    total.evidence,
    no_text() as hold_reason
from total
inner join per_period
    on
        per_period.subject_key = total.subject_key
        and per_period.period_no = total.period_no
where greatest(total.paid_fen - total.standard_fen, per_period.excess_fen) > 0
