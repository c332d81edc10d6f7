-- One row per finding and evidence cell: file, sheet, cell, field, value as read.
-- A field that has no column of its own (a period from the title) keeps its row.
create or replace macro out_letters(n) as (
    case
        when n <= 26 then chr((64 + n)::integer)
        when n <= 702
            then chr((64 + (n - 1) // 26)::integer) || chr((65 + (n - 1) % 26)::integer)
        else
            chr((64 + (n - 703) // 676 + 1)::integer)
            || chr((65 + ((n - 703) // 26) % 26)::integer)
            || chr((65 + (n - 1) % 26)::integer)
    end
);

-- Where each declared column stands in each sheet; a heading twice: the one that was used.
create or replace table out_heading as
select
    file,
    sheet,
    source,
    column_name,
    min(column_no) as column_no,
    arg_min(heading, column_no) as heading
from ing_heading
where column_name is not null and fate = 'used'
group by file, sheet, source, column_name;

create or replace table out_evidence as
with cells as (
    select
        finding_no,
        generate_subscripts(evidence, 1) as cell_no,
        unnest(evidence) as cell
    from fnd_finding
    where evidence is not null
)

select
    cells.finding_no,
    cells.cell_no,
    cells.cell.row_id,
    out_row.source,
    out_row.file,
    out_row.sheet,
    out_row.row_no,
    cells.cell.field,
    coalesce(out_column.title, cells.cell.field) as title,
    out_letters(out_heading.column_no) || out_row.row_no::varchar as cell,
    out_cell.value
from cells
inner join out_row on cells.cell.row_id = out_row.row_id
left join out_column
    on out_row.source = out_column.source and cells.cell.field = out_column.column_name
left join out_heading
    on
        out_row.file = out_heading.file
        and out_row.sheet = out_heading.sheet
        and out_row.source = out_heading.source
        and cells.cell.field = out_heading.column_name
left join out_cell
    on cells.cell.row_id = out_cell.row_id and cells.cell.field = out_cell.field
order by cells.finding_no, cells.cell_no;
