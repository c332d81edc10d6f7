-- One row per answer to the question.
select decision.*
from decision
inner join asked on decision.question_no = asked.finding_no
order by decision.taken_on, decision.decided_on nulls first, decision.answer
