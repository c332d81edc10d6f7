-- As the sheet of the same name in 三个清单.
select *
from out_list_enrolled
order by period, township, village, household_no, name, person_key
