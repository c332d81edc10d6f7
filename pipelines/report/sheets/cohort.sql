-- One row per period and township: last period's students and where they are.
select
    period_no as period,
    previous_no as previous,
    township,
    students,
    continuing,
    graduated,
    moved_up,
    on_leave,
    left_school,
    army,
    unexplained
from out_cohort_balance
order by period, is_county, township;
