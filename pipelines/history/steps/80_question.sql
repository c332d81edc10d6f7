-- The questions of tonight with their numbers, and all that was ever asked and answered.
-- `his_fresh_question` holds a number for each row of his_unasked.

-- One row per question put tonight.
create or replace table fnd_question as
with known as (
    select
        question_key,
        min(question_no) as question_no,
        min(first_on) as first_on
    from his_question
    group by question_key
)

select
    coalesce(known.question_no, fresh.question_no) as question_no,
    least(coalesce(known.first_on, run.as_of), run.as_of) as first_on,
    question.*
from lnk_question as question
cross join run
left join known on known.question_key = question.question_key
left join his_unasked as unasked on unasked.question_key = question.question_key
left join his_fresh_question as fresh on fresh.place_no = unasked.place_no
order by question_no;

-- One row per question ever put until tonight: what a number on a returned sheet means.
create or replace table mem_question as
select
    question_no,
    first_on,
    question_key,
    line_key,
    roster_side,
    register_side,
    candidates
from fnd_question

union all

select
    known.question_no,
    known.first_on,
    known.question_key,
    known.line_key,
    known.roster_side,
    known.register_side,
    known.candidates
from his_question as known
cross join run
where
    known.first_on <= run.as_of
    and known.question_no not in (select question_no from fnd_question)
order by question_no;

-- One row per answer ever given until tonight, with the evidence it was given on.
create or replace table mem_decision as
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
from ret_decision
order by decision_key;
