-- ③ One row per person and ended programme.
select
    graduation_on, township, village, head_name, household_no, name, sex, person_id, school_level,
    school_name, major, funded_periods, first_period, last_period, amount_fen / 100 as yuan,
    destination, employer, destination_on, destination_basis, origin
from out_list_graduates
order by graduation_on desc, township, village, household_no, name, subject_key;
