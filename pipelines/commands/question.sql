-- The question of that number as it was put, and whether it is put tonight.
select
    asked_before.question_no,
    asked_before.first_on,
    asked_before.roster_side,
    asked_before.register_side,
    question.why,
    question.stake,
    question.origin,
    question.question_no is not null as is_open
from mem_question as asked_before
inner join asked on asked_before.question_no = asked.finding_no
left join question on question.question_no = asked_before.question_no
