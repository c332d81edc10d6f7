/* ---
title      = "名册外发放"
asks       = "该笔发放依据哪份名册？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "payment"
needs      = ["yulu_payment", "yulu_roster"]
absence_of = "yulu_roster"
answers    = ["属实，已追回", "名册漏列，已补", "证件号不符，属名册内学生", "属其他项目"]
money      = ["paid_over"]
proof      = "发放依据文件、发放回单"
why        = "不在名册的人领了补助，要说明依据或追回。"
clause     = "按审核通过的名册发放"
since      = 2021-09-01
--- */
-- One row = one person paid for a period without a roster row of it, though the period
-- has a roster.
with listed as (
    select distinct
        subject_key,
        period_no
    from lnk_roster
),

listed_period as (
    select
        period_no,
        max(listed_on) as listed_on
    from lnk_roster_row
    group by period_no
),

maybe as (
    select distinct
        candidate.person_key as subject_key,
        link.period_no
    from lnk_candidate as candidate
    inner join lnk_roster as link on link.row_id = candidate.roster_row_id
    where link.tier = 'ambiguous'
),

standard as (
    select
        period_no,
        max(amount_fen) as most_fen
    from ref_standard
    group by period_no
)

select
    paid.subject_key,
    paid.period_no,
    yuan_zh(coalesce(sum(paid.amount_fen), 0)) as observed,
    '名册中应有该生' as expected,
    -- what exceeds one standard is at stake in PAY_DUP already
    whole_yuan(least(sum(paid.amount_fen), max(standard.most_fen))) as yuan_at_stake,
    '发放文件' || coalesce('（' || strftime(max(paid.paid_on), '%Y-%m-%d') || '）', '')
    || '已发放' || period_zh(paid.period_no) || yuan_zh(coalesce(sum(paid.amount_fen), 0))
    || '，' || roster_zh(paid.period_no, max(listed_period.listed_on), false)
    || '没有该生。' as sentence,
    cells([
        cell(paid.row_id, 'id_number'), cell(paid.row_id, 'account_no'),
        cell(paid.row_id, 'amount_fen'),
    ]) as evidence,
    case
        when bool_or(paid.via = 'none' and not paid.has_number)
            then '发放文件没有证件号和账号，无法与名册对应'
        when bool_or(maybe.subject_key is not null)
            then '名册中有一行可能就是该生，尚未确认'
    end as hold_reason
from lnk_paid as paid
inner join listed_period on listed_period.period_no = paid.period_no
left join standard on standard.period_no = paid.period_no
left join listed
    on listed.subject_key = paid.subject_key and listed.period_no = paid.period_no
left join maybe
    on maybe.subject_key = paid.subject_key and maybe.period_no = paid.period_no
where paid.is_success and listed.subject_key is null
group by paid.subject_key, paid.period_no
