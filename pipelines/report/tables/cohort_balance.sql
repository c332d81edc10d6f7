-- One row per period and township, and per period for the county (township 全县).
select
    period_no as period,
    previous_no as previous_period,
    township,
    is_county,
    students,
    continuing,
    graduated,
    moved_up,
    on_leave,
    left_school,
    army,
    unexplained
from out_cohort_balance
order by period, is_county, township
