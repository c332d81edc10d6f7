-- One row per question: contradicted answers first, then by what is at stake.
select
    candidates,
    question_no,
    concat(township, chr(10), village) as place,
    roster_side,
    register_side,
    why,
    stake,
    origin
from out_question
order by
    is_frozen desc, yuan desc, township nulls last, village nulls last, roster_side,
    question_no;
