-- What reading noticed, with its place; texts come from the closed table of issues.

insert into tmp_issue
select
    file,
    sheet_no,
    row_no,
    null as cell,
    null as column_name,
    reason_code as issue_code,
    '' as detail,
from tmp_row
where disposition = 'held' and reason_code <> 'ING_MISSING_COL'
union all
select
    file,
    sheet_no,
    null as row_no,
    null as cell,
    null as column_name,
    'ING_DUP_ROWS' as issue_code,
    count(*) || '行' as detail,
from tmp_row
where disposition = 'duplicate'
group by file, sheet_no
union all
select
    file,
    sheet_no,
    null as row_no,
    null as cell,
    null as column_name,
    'ING_TOTAL_MISMATCH' as issue_code,
    '写明' || stated_rows || '人，实有' || counted_rows || '行' as detail,
from ing_sheet
where stated_rows <> counted_rows
union all
select
    taken.file,
    null as sheet_no,
    null as row_no,
    null as cell,
    null as column_name,
    'ING_TOTAL_MISMATCH' as issue_code,
    '文件名写明' || taken.stated_rows || '人，实有' || counted.data_rows || '行' as detail,
from tmp_file as taken
inner join (
    select
        file,
        sum(data_rows) as data_rows,
        count(*) filter (where data_rows > 0) as sheets,
    from tmp_sheet
    group by file
) as counted on taken.file = counted.file
where counted.sheets > 1 and taken.stated_rows <> counted.data_rows
union all
select
    sheet.file,
    sheet.sheet_no,
    null as row_no,
    null as cell,
    'amount_fen' as column_name,
    'ING_TOTAL_MISMATCH' as issue_code,
    '金额合计与明细之和不同' as detail,
from tmp_sheet as sheet
inner join tmp_amount as amount
    on sheet.file = amount.file and sheet.sheet_no = amount.sheet_no
where sheet.stated_fen <> amount.fen
union all
select
    file,
    sheet_no,
    null as row_no,
    null as cell,
    null as column_name,
    'ING_EXPORT_LIMIT' as issue_code,
    data_rows || '行' as detail,
from tmp_sheet
where data_rows in (5000, 10000, 50000, 65533, 65534, 65535, 1048573, 1048574, 1048575)
union all
select
    file,
    sheet_no,
    null as row_no,
    null as cell,
    null as column_name,
    'ING_EMPTY' as issue_code,
    '' as detail,
from tmp_sheet
where source is not null and data_rows = 0;

insert into ing_issue
select
    found.issue_code,
    kind.severity,
    found.file,
    sheet.sheet,
    found.row_no,
    found.cell,
    found.column_name,
    kind.effect,
    kind.title || case when found.detail = '' then '' else '：' || found.detail end
        as text_zh,
    kind.advice as advice_zh,
from tmp_issue as found
inner join tmp_issue_type as kind on found.issue_code = kind.issue_code
left join tmp_sheet as sheet
    on found.file = sheet.file and found.sheet_no = sheet.sheet_no
order by
    found.file,
    found.sheet_no nulls first,
    found.row_no nulls first,
    length(found.cell) nulls first,
    found.cell nulls first,
    found.issue_code,
    found.column_name,
    found.detail;
