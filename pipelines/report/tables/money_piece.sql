-- What lies between the ledgers: one row per piece, signed; step 'risk' is no difference.
select
    period_no as period,
    township,
    subject_id,
    name,
    step,
    part,
    rule_code,
    finding_no,
    fen / 100 as yuan,
    reason
from out_money_piece
order by
    period, township, subject_key, step, rule_code nulls last, reason nulls first,
    finding_no
