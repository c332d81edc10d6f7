-- The term of a register row: its own, else the list's, else that of the list's date.

insert into tmp_issue (sheet_id, issue_code, detail)
select distinct
    sheet.sheet_id,
    'ING_PERIOD_FROM_NAME' as issue_code,
    sheet.period_no || '学年' as detail,
from load_school_register as listed
inner join tmp_sheet as sheet
    on listed.sheet_id = sheet.sheet_id
where listed.period_no is null and sheet.period_from = 'file';

update load_school_register as listed
set
    period_no = coalesce(
        listed.period_no,
        sheet.period_no,
        (year(sheet.snapshot_on) - (month(sheet.snapshot_on) < 9)::integer)::varchar
        || '-'
        || (year(sheet.snapshot_on) + (month(sheet.snapshot_on) >= 9)::integer)::varchar
    ),
    period_no_term = case
        when listed.period_no is not null then listed.period_no_term
        when sheet.period_no is not null then sheet.period_term
        when month(sheet.snapshot_on) between 3 and 8 then 2
        else 1
    end
from tmp_sheet as sheet
where sheet.sheet_id = listed.sheet_id;
