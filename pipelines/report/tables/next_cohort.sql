-- One row per child before the exams, of households entitled tonight.
select
    township, village, head_name, household_no, person_key, person_id, name, sex,
    school_state, exam, remark, snapshot_on, origin
from out_next
order by township nulls last, village nulls last, household_no, name, person_key
