-- As the sheet of the same name in 三个清单.
select *
from out_list_employment
order by township, village, name, subject_key, started_on, origin
