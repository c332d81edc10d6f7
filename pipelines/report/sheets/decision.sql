-- One row per answer ever taken: those that ask for something first, then the newest.
select
    question_no,
    fate,
    answer,
    decided_by,
    decided_on,
    note,
    roster_side,
    register_side,
    taken_on
from out_decision
order by
    case when fate like '冻结%' then 1 when fate like '已失效%' then 2 else 3 end,
    taken_on desc, question_no, decision_key;
