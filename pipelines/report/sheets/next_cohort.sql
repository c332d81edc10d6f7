-- One row per child before the exams.
select
    township, village, head_name, household_no, name, sex, person_id, school_state, exam,
    remark, snapshot_on, origin
from out_next
order by township nulls last, village nulls last, household_no, name, person_key;
