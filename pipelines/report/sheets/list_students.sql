-- ② One row per person and period.
select
    period, township, village, head_name, household_no, name, sex, person_id, school_level,
    school_name, major, programme_years, entry_on, graduation_on, amount_fen / 100 as yuan, remark,
    origin
from out_list_students
order by period desc, township, village, household_no, name, subject_key;
