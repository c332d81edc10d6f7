-- One row per child of the township before the exams.
select township, village, head_name, name, sex, person_id, school_state, exam, remark
from out_next
where township is not null
order by township, village nulls last, household_no, name, person_key;
