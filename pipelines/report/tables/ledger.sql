-- One line per raw row.
select file, sheet, row_no, source, disposition, reason_code
from ing_ledger
order by file, sheet, row_no
