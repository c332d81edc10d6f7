-- One row per source and date: the exports that tonight rests on.
select
    out_source.title as source,
    file.snapshot_on,
    count(distinct file.file) as files,
    sum(sheet.rows)::bigint as rows,
    string_agg(distinct file.file, '；' order by file.file) as names
from ing_file as file
inner join (
    select file, source, sum(rows) as rows
    from ing_sheet
    where source is not null
    group by file, source
) as sheet on file.file = sheet.file
inner join out_source on sheet.source = out_source.source
where file.outcome in ('read', 'unchanged')
group by out_source.title, out_source.source_no, file.snapshot_on
order by out_source.source_no, file.snapshot_on desc;
