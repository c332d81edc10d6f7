-- One row = one school year with its first period.
select
    school_year,
    start_year,
    min(starts_on) as starts_on,
    max(ends_on) as ends_on,
    max(grace_until) as grace_until,
    arg_min(period_no, starts_on) as period_no,
    arg_min(reference_on, starts_on) as reference_on
from ref_period
group by school_year, start_year
