-- Sheets whose rows do not add up to the height that was told.
select sheet.sheet_id
from tmp_sheet as sheet
left join (
    select
        sheet_id,
        sum(last_row_no - first_row_no + 1) as lines,
    from tmp_line
    group by sheet_id
) as told on sheet.sheet_id = told.sheet_id
where sheet.data_rows + coalesce(told.lines, 0) <> sheet.height;
