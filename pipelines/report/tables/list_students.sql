-- As the sheet of the same name in 三个清单.
select *
from out_list_students
order by period, township, village, household_no, name, subject_key
