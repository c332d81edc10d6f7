-- The ledger of what was due: one row per person and period, with the reason.
select
    line.period_no as period,
    line.township,
    subject.subject_id,
    subject.person_key,
    subject.name,
    line.basis,
    line.due_fen / 100 as due_yuan
from fnd_money_line as line
left join lnk_subject as subject on subject.subject_key = line.subject_key
order by period, line.township nulls last, line.subject_key
