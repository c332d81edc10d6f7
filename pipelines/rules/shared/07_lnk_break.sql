-- One row = one roster row of the period before, whose student the next period lacks
-- although the programme goes on.
select
    missing.*,
    before.row_id as before_row_id,
    before.period_no as before_period_no,
    before.listed_on as before_listed_on,
    before.is_applied as before_is_applied,
    before.school_name,
    before.standard_kind,
    before.entry_year,
    before.years,
    before.end_year
from lnk_missing as missing
inner join ref_period as period on period.period_no = missing.period_no
inner join lnk_roster_row as before
    on
        before.person_key = missing.person_key
        and before.period_no = period.previous_no
where
    period.start_year < before.end_year
    and not before.is_waived
    and not before.has_left
    and coalesce(missing.departed_on > period.ends_on, true)
