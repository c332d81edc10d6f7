-- One row = one graduate of the destination list: the newest row about the person.
select
    link.subject_key,
    stated.row_id,
    stated.destination,
    stated.destination_group,
    coalesce(raw.destination, stated.destination) as destination_written,
    stated.employer,
    stated.study_school,
    stated.graduation_on,
    stated.job_started_on,
    stated.wage_fen,
    stated.willingness,
    stated.help,
    stated.posts_offered,
    stated.reported_on,
    stated.remark,
    stated.is_graduated,
    stated.snapshot_on,
    sheet.columns,
    -- written, but not understood: an issue says so
    garbled.row_no is not null as is_garbled,
    '毕业去向台账（' || day_zh(stated.snapshot_on) || '）' as source_zh
from stg_graduate_destination as stated
inner join lnk_list as link
    on link.row_id = stated.row_id and link.source = 'graduate_destination'
left join raw_graduate_destination as raw on raw.row_id = stated.row_id
left join lnk_sheet as sheet
    on sheet.file = stated.file and sheet.sheet = coalesce(stated.sheet, '')
left join (
    select distinct
        file,
        coalesce(sheet, '') as sheet,
        row_no
    from ing_issue
    where column_name = 'destination'
) as garbled
    on
        garbled.file = stated.file
        and garbled.sheet = coalesce(stated.sheet, '')
        and garbled.row_no = stated.row_no
where coalesce(stated.is_current, true) and link.subject_key is not null
qualify
    row_number() over (
        partition by link.subject_key
        order by stated.snapshot_on desc, stated.reported_on desc nulls last, stated.row_id desc
    ) = 1
