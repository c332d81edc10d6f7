-- One line per question that is put tonight about who a roster row is.
select
    question_no, township, village, roster_side, register_side, why, stake, origin, yuan,
    is_frozen
from out_question
order by question_no
