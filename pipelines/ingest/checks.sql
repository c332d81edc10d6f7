-- Sheets whose rows do not balance: anything here means that a row was lost.
select
    sheet.file,
    sheet.sheet_no,
from tmp_sheet as sheet
left join (
    select
        line.file,
        one.sheet_no,
        count(*) as lines,
        count(distinct line.row_no) as places,
        max(line.row_no) as last_row_no,
        count(line.row_id) as numbered,
    from ing_ledger as line
    inner join tmp_sheet as one on line.file = one.file and line.sheet = one.sheet
    group by line.file, one.sheet_no
) as counted on sheet.file = counted.file and sheet.sheet_no = counted.sheet_no
where
    coalesce(counted.lines, 0) <> sheet.height
    or coalesce(counted.places, 0) <> sheet.height
    or coalesce(counted.last_row_no, 0) <> sheet.height
order by sheet.file, sheet.sheet_no;
