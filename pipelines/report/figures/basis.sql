-- One row per source read tonight: its newest date, how many files.
select
    out_source.title,
    -- A modification time says when a file was copied, not what it describes.
    max(file.snapshot_on) filter (where coalesce(file.dated_by <> 'mtime', true)) as newest,
    count(distinct file.file) as files
from ing_sheet as sheet
inner join ing_file as file on sheet.file = file.file
inner join out_source on sheet.source = out_source.source
where file.outcome in ('read', 'unchanged')
group by out_source.title, out_source.source_no
order by out_source.source_no;
