-- One row per answer known tonight, with the evidence it was given on: those of earlier
-- nights, and what came back now. The same answer in two files, or in a copy of a sheet,
-- is one. `taken_on`: the night that took it first.
create or replace table ret_decision as
with fresh as (
    select
        decision_key,
        any_value(question_no) as question_no,
        any_value(answer) as answer,
        any_value(pick) as pick,
        any_value(decided_by) as decided_by,
        any_value(decided_on) as decided_on,
        any_value(note) as note
    from ret_row
    where outcome = 'taken'
    group by decision_key
)

select
    decision_key,
    question_no,
    answer,
    pick,
    decided_by,
    decided_on,
    note,
    taken_on,
    line_key,
    roster_side,
    register_side,
    candidates
from his_decision

union all

select
    fresh.decision_key,
    fresh.question_no,
    fresh.answer,
    fresh.pick,
    fresh.decided_by,
    fresh.decided_on,
    fresh.note,
    run.as_of as taken_on,
    question.line_key,
    question.roster_side,
    question.register_side,
    question.candidates
from fresh
cross join run
inner join his_question as question on question.question_no = fresh.question_no
anti join his_decision as known on known.decision_key = fresh.decision_key
order by decision_key;
