-- One row per student of whom nothing tells: the work list, by whom to ask.
select
    cohort.period_no as period,
    coalesce(word.title, cohort.asks) as asks,
    cohort.township,
    cohort.village,
    cohort.head_name,
    cohort.name,
    cohort.subject_id,
    cohort.previous_no as previous,
    cohort.school_name,
    cast(cohort.end_year as varchar) || '年' as ends,
    cohort.finding_nos
from out_cohort as cohort
left join out_word as word on word.list = 'owner' and word.word = cohort.asks
where cohort.fate = 'unexplained'
order by period desc, cohort.township, cohort.village nulls last, cohort.subject_key;
