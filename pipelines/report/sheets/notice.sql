-- One row per doubtful file, row or cell; the value itself stands in the file.
select
    effect.title as effect,
    issue.severity,
    issue.file,
    issue.sheet,
    coalesce(issue.cell, '第' || issue.row_no || '行') as cell,
    out_column.title as field,
    issue.text_zh,
    issue.advice_zh,
    issue.issue_code
from ing_issue as issue
left join ing_sheet as sheet on issue.file = sheet.file and issue.sheet = sheet.sheet
left join out_column
    on sheet.source = out_column.source and issue.column_name = out_column.column_name
left join out_word as effect on issue.effect = effect.word and effect.list = 'effect'
order by
    case issue.effect when 'stop' then 0 when 'hold' then 1 else 2 end,
    issue.file, issue.sheet, issue.row_no nulls first, issue.cell nulls first, issue.issue_code;
