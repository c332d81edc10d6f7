-- What reading noticed, with its place; texts come from the closed table of issues.

insert into tmp_issue (sheet_id, row_no, issue_code, detail)
select
    sheet_id,
    row_no,
    reason_code as issue_code,
    '' as detail,
from tmp_row
where
    disposition = 'held'
    -- said once for the sheet
    and reason_code not in (
        'ING_MISSING_COL', 'ING_RENAMED_COL', 'ING_MOVED_COL', 'ING_TWIN_COL'
    );

insert into tmp_issue (sheet_id, column_name, issue_code, detail)
select
    sheet_id,
    null as column_name,
    'ING_DUP_ROWS' as issue_code,
    sum(times) || '行，同样的行见' || string_agg(
        case when turn <= 2 then place end, '、' order by turn
    ) || case when count(*) > 2 then '等' else '' end as detail,
from (
    select
        twice.sheet_id,
        case
            when twice.in_sheet_id = twice.sheet_id then '本表'
            else
                '“' || shown_name(regexp_extract(first_one.file, '[^/]*$')) || coalesce(
                    '”的“' || nullif(first_one.sheet, ''), ''
                ) || '”'
        end as place,
        count(*) as times,
        row_number() over (
            partition by twice.sheet_id order by count(*) desc, twice.in_sheet_id
        ) as turn,
    from (
        select
            copied.sheet_id,
            copied.row_no,
            min(kept.sheet_id) as in_sheet_id,
        from tmp_row as copied
        inner join tmp_row as kept
            on
                copied.source = kept.source
                and copied.content = kept.content
                and (not copied.is_snapshot or copied.snapshot_on = kept.snapshot_on)
        where copied.disposition = 'duplicate' and kept.disposition <> 'duplicate'
        group by copied.sheet_id, copied.row_no
    ) as twice
    inner join tmp_sheet as first_one on twice.in_sheet_id = first_one.sheet_id
    group by twice.sheet_id, twice.in_sheet_id, first_one.file, first_one.sheet
) as counted
group by sheet_id
union all
select
    sheet.sheet_id,
    null as column_name,
    'ING_TOTAL_MISMATCH' as issue_code,
    '写明' || stated.stated_rows || '人，实有' || stated.counted_rows || '行' as detail,
from ing_sheet as stated
inner join tmp_sheet as sheet
    on stated.file = sheet.file and stated.sheet_no = sheet.sheet_no
where stated.stated_rows <> stated.counted_rows
union all
select
    sheet.sheet_id,
    'amount_fen' as column_name,
    'ING_TOTAL_MISMATCH' as issue_code,
    '金额合计与明细之和不同' as detail,
from tmp_sheet as sheet
inner join (
    select
        sheet_id,
        sum(fen) as fen,
    from tmp_amount
    group by sheet_id
) as amount on sheet.sheet_id = amount.sheet_id
where sheet.stated_fen <> amount.fen
union all
select
    sheet_id,
    null as column_name,
    'ING_EXPORT_LIMIT' as issue_code,
    data_rows || '行' as detail,
from tmp_sheet
where
    data_rows in (5000, 10000, 50000, 65533, 65534, 65535, 1048573, 1048574, 1048575)
    or data_rows >= stated_limit
union all
select
    sheet_id,
    null as column_name,
    'ING_EMPTY' as issue_code,
    '' as detail,
from tmp_sheet
where source is not null and source <> 'field_return' and data_rows = 0;

insert into tmp_issue (file, issue_code, detail)
select
    taken.file,
    'ING_TOTAL_MISMATCH' as issue_code,
    '文件名写明' || taken.stated_rows || '人，实有' || counted.data_rows || '行' as detail,
from tmp_file as taken
inner join (
    select
        file,
        sum(data_rows) as data_rows,
        count(*) filter (where data_rows > 0) as sheets,
    from tmp_sheet
    group by file
) as counted on taken.file = counted.file
where counted.sheets > 1 and taken.stated_rows <> counted.data_rows;

insert into ing_issue
select
    found.issue_code,
    kind.severity,
    coalesce(sheet.file, found.file) as file,
    sheet.sheet,
    found.row_no,
    found.cell,
    found.column_name,
    kind.effect,
    kind.title || case when found.detail = '' then '' else '：' || found.detail end
        as text_zh,
    kind.advice || case
        when found.line is null or found.line = '' then ''
        else '如认可，在 headings.toml 末尾加一行：' || found.line
    end as advice_zh,
from tmp_issue as found
inner join tmp_issue_type as kind on found.issue_code = kind.issue_code
left join tmp_sheet as sheet on found.sheet_id = sheet.sheet_id
order by
    coalesce(sheet.file, found.file),
    found.sheet_id nulls first,
    found.row_no nulls first,
    length(found.cell) nulls first,
    found.cell nulls first,
    found.issue_code,
    found.column_name,
    found.detail;

insert into ing_accept
select distinct
    found.line,
    sheet.file,
    sheet.sheet,
    found.cell,
    found.issue_code,
from tmp_issue as found
inner join tmp_sheet as sheet on found.sheet_id = sheet.sheet_id
where found.line <> ''
order by all;
