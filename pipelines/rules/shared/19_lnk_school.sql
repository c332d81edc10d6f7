-- One row = one current row of the school register with its person and periods.
select
    link.subject_key,
    stated.row_id,
    period.period_no,
    period.reference_on,
    period.ends_on,
    stated.period_no_term,
    stated.school_name,
    stated.major,
    stated.study_form,
    stated.register_status,
    coalesce(raw.register_status, stated.register_status) as status_written,
    stated.status_on,
    stated.is_intern,
    level.level,
    level.kind as level_kind,
    case when coalesce(file.dated_by, '') <> 'mtime' then stated.snapshot_on end
        as listed_on,
    '学籍比对结果（' || period_zh(period.period_no)
    || coalesce(
        '，' || strftime(
            case when coalesce(file.dated_by, '') <> 'mtime' then stated.snapshot_on end,
            '%Y-%m-%d'
        ),
        ''
    ) || '）' as source_zh
from stg_school_register as stated
inner join lnk_list as link
    on link.row_id = stated.row_id and link.source = 'school_register'
left join raw_school_register as raw on raw.row_id = stated.row_id
left join ing_file as file on file.file = stated.file
left join ref_school_level as level on level.label = stated.school_level
inner join ref_period as period
    on
        period.school_year = stated.period_no
        and coalesce(period.term = stated.period_no_term, true)
where coalesce(stated.is_current, true)
