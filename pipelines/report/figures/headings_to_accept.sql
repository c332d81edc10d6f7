-- One row per line that would settle the headings of a held sheet, with a sheet it is for.
select
    accept.line,
    count(distinct accept.file) as files
from ing_accept as accept
inner join ing_sheet as sheet on accept.file = sheet.file and accept.sheet = sheet.sheet
where sheet.hold_code = accept.issue_code
group by accept.line
order by accept.line;
