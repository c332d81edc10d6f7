-- One row per held row: where it stands, why, and what it says; it comes back by
-- itself when the source is mended.
select
    ledger.file,
    ledger.sheet,
    ledger.row_no,
    out_source.title as source,
    ledger.reason_code,
    coalesce(issue_type.text, '') as reason,
    coalesce(issue_type.advice, '') as advice,
    cells.content
from ing_ledger as ledger
left join out_source on ledger.source = out_source.source
left join out_issue_type as issue_type on ledger.reason_code = issue_type.issue_code
left join (
    select
        out_cell.row_id,
        string_agg(
            out_column.title || '：' || out_cell.value, '；' order by out_column.column_no
        ) as content
    from out_cell
    inner join out_row on out_cell.row_id = out_row.row_id
    inner join out_column
        on out_row.source = out_column.source and out_cell.field = out_column.column_name
    where out_cell.value is not null
    group by out_cell.row_id
) as cells on ledger.row_id = cells.row_id
where ledger.disposition = 'held'
order by ledger.file, ledger.sheet, ledger.row_no;
