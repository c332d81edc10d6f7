-- One row per doubtful row or cell; unknown and duplicate headings are listed apart.
select file, sheet, row_no, cell, issue_code
from ing_issue
where issue_code not in ('ING_UNKNOWN_HEADER', 'ING_DUP_HEADER')
order by file, issue_code, sheet, row_no nulls first, cell nulls first
