-- One row per source and date: the exports that tonight rests on.
with dated as (
    select
        file,
        -- A modification time says when a file was copied, not what it describes.
        case when coalesce(dated_by <> 'mtime', true) then snapshot_on end as snapshot_on
    from ing_file
    where outcome in ('read', 'unchanged')
),

read_ as (
    select
        file,
        source,
        sum(counted_rows) as rows
    from ing_sheet
    where source is not null
    group by file, source
)

select
    out_source.title as source,
    dated.snapshot_on,
    count(*) as files,
    sum(read_.rows)::bigint as rows,
    string_agg(dated.file, '；' order by dated.file) as names
from dated
inner join read_ on dated.file = read_.file
inner join out_source on read_.source = out_source.source
group by out_source.title, out_source.source_no, dated.snapshot_on
order by out_source.source_no, dated.snapshot_on desc nulls last;
