-- As the sheet of the same name in 三个清单.
select *
from out_list_graduates
order by graduation_on, township, village, household_no, name, subject_key, school_level, entry_on
