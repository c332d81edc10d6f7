-- One row = one current job record that is a job: no internship, not marked unemployed.
select
    link.subject_key,
    stated.row_id,
    stated.started_on,
    stated.ended_on,
    stated.employer,
    stated.work_place,
    stated.wage_fen,
    stated.snapshot_on,
    stated.ended_on is null or stated.ended_on > run.as_of as is_open,
    '务工信息（' || day_zh(stated.snapshot_on) || '导出）' as source_zh
from stg_monitored_job as stated
cross join run
inner join lnk_list as link
    on link.row_id = stated.row_id and link.source = 'monitored_job'
where
    coalesce(stated.is_current, true)
    and not coalesce(stated.is_internship, false)
    and coalesce(stated.is_working, true)
    and link.subject_key is not null
