/* ---
title      = "停发后仍发"
asks       = "该生已停发，为什么还有补助入账？是否已追回？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "payment"
needs      = ["yulu_payment", "school_register.register_status|yulu_roster.remark"]
answers    = ["属实，已追回", "属实，正在追回", "已复学", "停发登记有误，已更正"]
money      = ["listed_over", "paid_over", "risk"]
proof      = "发放回单、学籍证明"
why        = "已退学、休学或毕业的学生不应再发。"
policy     = "stop"
since      = 2021-09-01
--- */
-- One row = one person and period, paid although a status of the school register covers
-- the period and no roster row stands for it (else EDU_STATUS asks), or although the
-- roster's own remark says that the student had left.
with stopped as (
    select
        stop.subject_key,
        stop.period_no,
        stop.row_id,
        'register_status' as field,
        stop.source_zh || '学籍状态为“' || stop.status_written || '”'
        || coalesce('（' || strftime(stop.status_on, '%Y-%m-%d') || '）', '') as why_zh,
        stop.status_written as observed
    from lnk_stop as stop
    where
        not exists (
            select 1 from lnk_roster as listed
            where
                listed.subject_key = stop.subject_key
                and listed.period_no = stop.period_no
        )

    union all

    select
        roster.subject_key,
        roster.period_no,
        roster.row_id,
        'remark' as field,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '备注为“'
        || stated.remark || '”' as why_zh,
        stated.remark as observed
    from lnk_roster_row as roster
    inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
    where
        roster.is_stopped
        and not exists (
            select 1 from lnk_stop as stop
            where
                stop.subject_key = roster.subject_key
                and stop.period_no = roster.period_no
        )
)

select
    paid.subject_key,
    paid.period_no,
    first(stopped.observed order by stopped.row_id desc) as observed,
    '停发' as expected,
    whole_yuan(max(paid.fen)) as yuan_at_stake,
    first(
        stopped.why_zh || '；发放文件' || period_zh(paid.period_no) || '仍成功发放'
        || coalesce(yuan_zh(paid.fen), '') || coalesce('（' || day_zh(paid.paid_on) || '）', '')
        || '。'
        order by stopped.row_id desc
    ) as sentence,
    list_sort(list_distinct(list_concat(
        flatten(list(paid.evidence)), list(cell(stopped.row_id, stopped.field))
    ))) as evidence,
    no_text() as hold_reason
from (
    select
        subject_key,
        period_no,
        sum(amount_fen) as fen,
        max(paid_on) as paid_on,
        cells([cell(row_id, 'amount_fen'), cell(row_id, 'paid_on')]) as evidence
    from lnk_paid
    where is_success
    group by subject_key, period_no
) as paid
inner join stopped
    on stopped.subject_key = paid.subject_key and stopped.period_no = paid.period_no
group by paid.subject_key, paid.period_no
