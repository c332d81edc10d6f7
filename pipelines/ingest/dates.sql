-- Snapshot dates of sheets that state none: the month their rows belong to, else the
-- file's modification day.

update tmp_sheet as sheet
set snapshot_on = belongs.snapshot_on, dated_by = 'title'
from (
    select
        sheet_id,
        min(make_date(cast(belongs_year as integer), cast(belongs_month as integer), 1))
            as snapshot_on,
    from load_monitored_person
    where
        belongs_year between 2000 and 2100
        and belongs_month between 1 and 12
        and belongs_month = floor(belongs_month)
    group by sheet_id
    having
        min(belongs_year) = max(belongs_year)
        and min(belongs_month) = max(belongs_month)
) as belongs
where
    sheet.snapshot_on is null
    and sheet.sheet_id = belongs.sheet_id;

update tmp_sheet as sheet
set snapshot_on = taken.modified_on, dated_by = 'mtime'
from tmp_file as taken
where
    sheet.snapshot_on is null
    and sheet.source is not null
    and sheet.source <> 'field_return'
    and sheet.file = taken.file;

insert into tmp_issue (sheet_id, issue_code, detail)
select
    sheet_id,
    'ING_UNDATED' as issue_code,
    '' as detail,
from tmp_sheet
where is_snapshot and dated_by = 'mtime';
