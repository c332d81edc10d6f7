-- One line per answer of a person ever taken, and what became of it.
select
    question_no, answer, fate, decided_by, decided_on, note, roster_side, register_side,
    taken_on
from out_decision
order by question_no, taken_on, decision_key
