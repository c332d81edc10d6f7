-- One row per student of the period before and next period; fate in English words.
select
    period_no as period,
    previous_no as previous_period,
    township,
    village,
    subject_id,
    person_key,
    name,
    fate,
    basis,
    asks
from out_cohort
order by period, township, village nulls last, subject_key
