/* ---
title      = "汇总不符"
asks       = "名册合计与发放合计为什么不一致？差额在哪里？"
severity   = "A"
owner      = "county"
subject    = "place"
population = "payment"
needs      = [
    "yulu_roster",
    "yulu_payment",
    "yulu_roster.amount_fen",
    "yulu_payment.amount_fen",
]
absence_of = "yulu_payment"
answers    = ["差额已逐笔查清", "发放文件不全，已补", "名册有更正，已补"]
proof      = "资金拨付文件、发放汇总表"
why        = "名册、发放两本账的人数和金额应当一致。"
clause     = "账账相符、账实相符"
since      = 2021-09-01
--- */
-- One row = one period, whose approved list and successful payments differ in people
-- or yuan. The single findings carry the yuan: it is counted once.
with listed as (
    select
        period_no,
        count(distinct subject_key) as people,
        sum(amount_fen) as fen,
        bool_and(amount_fen is not null) as is_whole,
        cells([cell(row_id, 'amount_fen')])[1:20] as evidence
    from lnk_roster_row
    where not is_applied and period_no is not null
    group by period_no
),

paid as (
    select
        period_no,
        count(distinct subject_key) filter (where is_success) as people,
        sum(amount_fen) filter (where is_success) as fen,
        bool_and(amount_fen is not null) as is_whole,
        cells([cell(row_id, 'amount_fen')])[1:20] as evidence
    from lnk_paid
    group by period_no
)

select
    '全县' as subject_key,
    listed.period_no,
    '发放' || cast(paid.people as varchar) || '人' || yuan_zh(coalesce(paid.fen, 0))
        as observed,
    '名册' || cast(listed.people as varchar) || '人' || yuan_zh(listed.fen) as expected,
    0 as yuan_at_stake,
    period_zh(listed.period_no) || '雨露名册（已通过）共' || cast(listed.people as varchar)
    || '人、' || yuan_zh(listed.fen) || '；发放文件成功发放'
    || cast(paid.people as varchar) || '人、' || yuan_zh(coalesce(paid.fen, 0))
    || '，相差' || yuan_zh(abs(listed.fen - coalesce(paid.fen, 0)))
    || '（逐人差异另列，此条不重复计金额）。' as sentence,
    list_sort(list_concat(listed.evidence, paid.evidence)) as evidence,
    no_text() as hold_reason
from listed
inner join paid on paid.period_no = listed.period_no
where
    listed.is_whole
    and paid.is_whole
    and (
        listed.people <> paid.people
        or listed.fen <> coalesce(paid.fen, 0)
    )
