-- The ledger of what was given: one row per person and period. `given` is what was paid,
-- and what was listed for halves of which no payment file speaks.
select
    line.period_no as period,
    line.township,
    subject.subject_id,
    subject.person_key,
    subject.name,
    line.named_fen / 100 as named_yuan,
    (line.named_fen - line.listed_fen) / 100 as applied_yuan,
    line.listed_fen / 100 as listed_yuan,
    line.paid_fen / 100 as paid_yuan,
    line.given_fen / 100 as given_yuan
from fnd_money_line as line
left join lnk_subject as subject on subject.subject_key = line.subject_key
where line.named_fen > 0 or line.given_fen > 0
order by period, line.township nulls last, line.subject_key
