-- Every physical row and every file, accounted for; stated figures against counted.

insert into ing_ledger
select
    sheet.file,
    sheet.sheet,
    every.row_no,
    every.source,
    every.disposition,
    every.reason_code,
    every.row_id,
from (
    select
        sheet_id,
        source,
        row_no,
        disposition,
        reason_code,
        row_id,
    from tmp_row
    union all
    select
        line.sheet_id,
        whole.source,
        unnest(range(line.first_row_no, line.last_row_no + 1)) as row_no,
        line.disposition,
        line.reason_code,
        null as row_id,
    from tmp_line as line
    inner join tmp_sheet as whole on line.sheet_id = whole.sheet_id
) as every
inner join tmp_sheet as sheet on every.sheet_id = sheet.sheet_id
order by every.sheet_id, every.row_no;

-- The stated count that disagrees speaks first; a file name's count is the sheet's
-- when only one sheet of the file holds people.
insert into ing_sheet
select
    sheet.file,
    sheet.sheet,
    sheet.sheet_no,
    sheet.source,
    sheet.height,
    sheet.heading_row_no,
    sheet.title_text,
    sheet.period_no,
    sheet.is_hidden,
    coalesce(
        list_filter(stated.counts, lambda n: n <> sheet.data_rows)[1], stated.counts[1]
    ) as stated_rows,
    case when sheet.source is not null then sheet.data_rows end as counted_rows,
    sheet.snapshot_on,
    sheet.dated_by,
    sheet.hold_code,
    sheet.period_from,
    sheet.hidden_rows,
    sheet.hidden_columns,
    sheet.is_filtered,
    sheet.formulas,
    sheet.tables,
from tmp_sheet as sheet
inner join (
    select
        one.sheet_id,
        case
            when
                one.data_rows = sum(one.data_rows) over (partition by one.file)
                and one.data_rows > 0 and taken.stated_rows is not null
                then list_append(one.stated_people, taken.stated_rows)
            else one.stated_people
        end as counts,
    from tmp_sheet as one
    inner join tmp_file as taken on one.file = taken.file
) as stated on sheet.sheet_id = stated.sheet_id
order by sheet.sheet_id;

insert into ing_file
select
    taken.file,
    taken.sha256,
    taken.bytes,
    taken.sniffed_type,
    coalesce(sheets.sources, []) as sources,
    sheets.snapshot_on,
    sheets.dated_by,
    sheets.rows,
    coalesce(taken.stated_rows, sheets.stated_rows) as stated_rows,
    case
        -- told by the last night's account, never by what happens to be kept of it
        when taken.outcome = 'read' and before.file is not null then 'unchanged'
        else taken.outcome
    end as outcome,
    taken.issue_code,
from tmp_file as taken
left join last_file as before
    on
        taken.file = before.file
        and taken.sha256 = before.sha256
        and before.outcome in ('read', 'unchanged')
left join (
    select
        file,
        list_sort(list(distinct source) filter (where source is not null)) as sources,
        max(snapshot_on) as snapshot_on,
        arg_max(dated_by, (snapshot_on, -sheet_no)) as dated_by,
        sum(rows) as rows,
        sum(stated_rows) as stated_rows,
    from ing_sheet
    group by file
) as sheets on taken.file = sheets.file
order by taken.file;

insert into ing_heading
select
    sheet.file,
    sheet.sheet,
    sheet.source,
    heading.column_no,
    heading.heading,
    heading.column_name,
    heading.fate,
from tmp_heading as heading
inner join tmp_sheet as sheet on heading.sheet_id = sheet.sheet_id
order by heading.sheet_id, heading.column_no;

insert into ing_returned
select
    sheet.file,
    sheet.sheet,
    sheet.sheet_no,
    returned.row_no,
    returned.column_no,
    returned.value,
from tmp_returned as returned
inner join tmp_sheet as sheet on returned.sheet_id = sheet.sheet_id
order by returned.sheet_id, returned.row_no, returned.column_no;
