/* ---
title      = "标准不符"
asks       = "补助金额与标准不同，依据是什么？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.amount_fen|yulu_payment", "policy.amount"]
answers    = ["属实，已更正", "按文件执行另一标准", "分次发放，余款待发"]
money      = ["listed_over", "listed_short", "paid_short"]
proof      = "发放文件、名册原件"
why        = "金额应与当年标准一致，少发要补、多列要减。"
policy     = "amount"
since      = 2021-09-01
--- */
-- One row = one student and period, whose roster amount is not the dated standard, or
-- whose successful payments stay below it. Payments above it are PAY_DUP (ruling 13).
with listed as (
    select
        subject_key,
        period_no,
        row_id,
        amount_fen,
        period_term,
        halves,
        half_fen,
        half_fen * len(halves) as due_fen,
        amount_fen is not null and not list_contains(allowed_fen, amount_fen)
            as is_wrong,
        roster_zh(period_no, listed_on, is_applied) as roster_zh
    from lnk_roster_row
    where standard_fen is not null
),

wrong as (
    select
        subject_key,
        period_no,
        sum(abs(amount_fen - due_fen)) as fen,
        first(yuan_zh(amount_fen) order by row_id) as observed,
        first(yuan_zh(due_fen) order by row_id) as expected,
        first(
            roster_zh || '补助金额为' || yuan_zh(amount_fen) || '，标准为'
            || yuan_zh(due_fen)
            order by row_id
        ) as sentence,
        cells([cell(row_id, 'amount_fen')]) as evidence
    from listed
    where is_wrong
    group by subject_key, period_no
),

listed_half as (
    select distinct
        subject_key,
        period_no,
        unnest(halves) as half
    from listed
),

paid_half as (
    select distinct
        subject_key,
        period_no,
        unnest(halves) as half
    from lnk_paid
    where is_success
),

due as (
    -- what the standard gives for the halves that are both listed and paid
    select
        paid_half.subject_key,
        paid_half.period_no,
        count(*) * min(standard.half_fen) as fen
    from paid_half
    inner join listed_half
        on
            listed_half.subject_key = paid_half.subject_key
            and listed_half.period_no = paid_half.period_no
            and listed_half.half = paid_half.half
    inner join (
        select
            subject_key,
            period_no,
            min(half_fen) as half_fen
        from listed
        group by subject_key, period_no
    ) as standard
        on
            standard.subject_key = paid_half.subject_key
            and standard.period_no = paid_half.period_no
    group by paid_half.subject_key, paid_half.period_no
),

received as (
    select
        subject_key,
        period_no,
        sum(amount_fen) as fen,
        max(paid_on) as paid_on,
        cells([cell(row_id, 'amount_fen'), cell(row_id, 'payment_status')]) as evidence
    from lnk_paid
    where is_success
    group by subject_key, period_no
    having bool_and(amount_fen is not null)
),

short as (
    select
        received.subject_key,
        received.period_no,
        due.fen - received.fen as fen,
        yuan_zh(received.fen) as observed,
        yuan_zh(due.fen) as expected,
        '发放文件' || coalesce('（' || strftime(received.paid_on, '%Y-%m-%d') || '）', '')
        || '实发' || yuan_zh(received.fen) || '，标准为' || yuan_zh(due.fen) as sentence,
        received.evidence
    from received
    inner join due
        on
            due.subject_key = received.subject_key
            and due.period_no = received.period_no
    where received.fen < due.fen
),

either as (
    select
        coalesce(wrong.subject_key, short.subject_key) as subject_key,
        coalesce(wrong.period_no, short.period_no) as period_no,
        greatest(coalesce(wrong.fen, 0), coalesce(short.fen, 0)) as fen,
        concat_ws('；', wrong.observed, '实发' || short.observed) as observed,
        coalesce(wrong.expected, short.expected) as expected,
        concat_ws('；', wrong.sentence, short.sentence) as sentence,
        list_sort(list_distinct(
            list_concat(coalesce(wrong.evidence, []), coalesce(short.evidence, []))
        )) as evidence
    from wrong
    full join short
        on short.subject_key = wrong.subject_key and short.period_no = wrong.period_no
)

select
    subject_key,
    period_no,
    observed,
    expected,
    whole_yuan(fen) as yuan_at_stake,
    period_zh(period_no) || '：' || sentence || '。' as sentence,
    evidence,
    no_text() as hold_reason
from either
