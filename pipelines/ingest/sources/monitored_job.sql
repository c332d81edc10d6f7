-- Which records are internships: the export has no column for it (ruling 16).

update load_monitored_job
set is_internship = coalesce(
    regexp_matches(
        concat_ws('|', remark, employer, industry, raw_job_form, raw_job_channel), '实习'
    ),
    false
);
