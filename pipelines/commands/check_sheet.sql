-- One row per sheet, in its order.
select file, sheet, source, rows
from ing_sheet
order by file, sheet_no
