-- One row = one person and period for which a snapshot speaks, with what 教育帮扶 says in
-- the speaking row, and in the row of the year itself when the speaker is in grace.
with told as (
    select
        stated.row_id,
        coalesce(contains(stated.education_help, '雨露'), false) as has_yulu,
        shows(sheet.columns, 'education_help') as is_told
    from stg_monitored_person as stated
    left join lnk_sheet as sheet
        on sheet.file = stated.file and sheet.sheet = coalesce(stated.sheet, '')
)

select
    speaking.person_key,
    speaking.period_no,
    speaking.row_id,
    speaking.snapshot_on,
    speaking.in_grace,
    now.has_yulu,
    in_year.has_yulu as in_year_has_yulu,
    status.monitored_category,
    coalesce(status.is_risk_done, status.eliminated_on is not null) as is_risk_done
from lnk_speaking as speaking
inner join told as now on now.row_id = speaking.row_id
inner join lnk_status as status on status.row_id = speaking.row_id
left join told as in_year
    on in_year.row_id = speaking.in_year_row_id and in_year.is_told
where now.is_told
