-- One row per period and township whose two ledgers do not come together, to the fen, and
-- per figure of them that does not come out the same when derived a second way.
with stated as (
    select * from out_money
    where not is_county
),

pieces as (
    -- straight from the rules' pieces, past the sheet's own sums
    select
        piece.period_no,
        coalesce(subject.township, '（乡镇待定）') as township,
        sum(piece.fen) as fen
    from fnd_money_piece as piece
    left join lnk_subject as subject on subject.subject_key = piece.subject_key
    where piece.step <> 'risk'
    group by all
),

-- what each finding told of tonight says is at stake, and what its pieces come to
told as (
    select
        finding.finding_no,
        any_value(finding.yuan_at_stake) as yuan,
        sum(abs(piece.fen)) as fen
    from fnd_finding as finding
    inner join ref_rule as rule on rule.rule_code = finding.rule_code
    left join out_money_piece as piece on piece.finding_no = finding.finding_no
    where
        finding.state = 'new'
        and rule.money is not null
        and not list_contains(rule.money, 'account')
        and finding.subject_kind = rule.subject_kind
    group by finding.finding_no
),

again_listed as (
    select
        linked.period_no,
        sum(roster.amount_fen) as fen,
        bool_and(roster.amount_fen is not null) as is_whole
    from lnk_roster as linked
    inner join stg_yulu_roster as roster on roster.row_id = linked.row_id
    where not coalesce(linked.is_applied, false) and linked.period_no is not null
    group by linked.period_no
),

again_paid as (
    select
        linked.period_no,
        sum(payment.amount_fen) as fen,
        bool_and(payment.amount_fen is not null) as is_whole
    from lnk_payment as linked
    inner join lnk_paid as paid on paid.row_id = linked.row_id
    inner join stg_yulu_payment as payment on payment.row_id = linked.row_id
    where paid.is_success
    group by linked.period_no
),

line as (
    select
        period_no,
        sum(listed_fen) as listed_fen,
        sum(paid_fen) as paid_fen
    from fnd_money_line
    group by period_no
)

select
    '资金对账：' || stated.period_no || ' ' || stated.township
    || '的差额与逐条问题之和不符' as shortfall
from stated
left join pieces
    on pieces.period_no = stated.period_no and pieces.township = stated.township
where
    stated.difference_fen <> coalesce(pieces.fen, 0)
    or stated.difference_fen <> stated.over_fen + stated.short_fen + stated.held_fen
    + stated.waived_fen + stated.explained_fen + stated.rest_fen
union all
select '资金对账：' || pieces.period_no || ' ' || pieces.township || '不在两本账中'
from pieces
left join stated
    on stated.period_no = pieces.period_no and stated.township = pieces.township
where stated.period_no is null
union all
select '资金对账：全县不等于各乡镇之和：' || county.period_no
from out_money as county
inner join (
    select
        period_no,
        sum(due_fen) as due_fen,
        sum(given_fen) as given_fen
    from stated
    group by period_no
) as added
    on added.period_no = county.period_no
where
    county.is_county
    and (county.due_fen <> added.due_fen or county.given_fen <> added.given_fen)
union all
select '问题的涉及金额与资金对账不符：' || finding_no
from told
where yuan <> coalesce(fen, 0) // 100
union all
select '资金对账的名册金额两次计算不一致：' || again_listed.period_no
from again_listed
left join line on line.period_no = again_listed.period_no
where again_listed.is_whole and again_listed.fen is distinct from line.listed_fen
union all
select '资金对账的实发金额两次计算不一致：' || again_paid.period_no
from again_paid
left join line on line.period_no = again_paid.period_no
where again_paid.is_whole and again_paid.fen is distinct from line.paid_fen
union all
select '资金对账：一人一学年有两行：' || period_no
from fnd_money_line
group by period_no, subject_key
having count(*) > 1
order by shortfall;
