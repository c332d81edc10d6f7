-- One row per graduate and job.
select
    township, village, name, person_id, graduation_on, destination, employer, place,
    started_on, ended_on, monthly_income_fen / 100 as monthly_yuan, change_since_last, origin
from out_list_employment
order by township, village, name, subject_key, started_on, origin;
