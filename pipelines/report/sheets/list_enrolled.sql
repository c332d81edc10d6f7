-- ① One row per person and period.
select
    period, township, village, head_name, household_no, name, sex, person_id, school_state,
    school_level, school_name, major, funding, basis, snapshot_on, origin
from out_list_enrolled
order by period desc, township, village, household_no, name, person_key;
