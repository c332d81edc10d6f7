-- One line per doubtful file, row or cell; never the value itself.
select
    issue_code, severity, effect, file, sheet, row_no, cell, column_name, text_zh, advice_zh
from ing_issue
order by file, sheet, row_no nulls first, cell nulls first, issue_code, column_name
