-- Sheets whose rows do not balance: anything here means that a row was lost.
select
    sheet.file,
    sheet.sheet_no,
from tmp_sheet as sheet
left join (
    select
        file,
        sheet,
        count(*) as lines,
        count(distinct row_no) as places,
        max(row_no) as last_row_no,
    from ing_ledger
    group by file, sheet
) as counted on sheet.file = counted.file and sheet.sheet = counted.sheet
where
    coalesce(counted.lines, 0) <> sheet.height
    or coalesce(counted.places, 0) <> sheet.height
    or coalesce(counted.last_row_no, 0) <> sheet.height
order by sheet.sheet_id;
