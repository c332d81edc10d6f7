-- What reading leaves for the other stages, and what it keeps for itself (tmp_).

create or replace table ing_file (
    file varchar,
    sha256 varchar,
    bytes bigint,
    sniffed_type varchar,
    sources varchar[],
    snapshot_on date,
    dated_by varchar,
    rows bigint,
    stated_rows bigint,
    outcome varchar,
    issue_code varchar
);

create or replace table ing_sheet (
    file varchar,
    sheet varchar,
    sheet_no integer,
    source varchar,
    rows bigint,
    heading_row_no integer,
    title_text varchar,
    period_no varchar,
    is_hidden boolean,
    stated_rows bigint,
    counted_rows bigint,
    snapshot_on date,
    dated_by varchar,
    hold_code varchar,
    period_from varchar,
    hidden_rows bigint,
    hidden_columns bigint,
    is_filtered boolean,
    formulas bigint,
    tables bigint
);

-- One row a line that would settle an unknown heading, for whoever accepts it.
create or replace table ing_accept (
    line varchar,
    file varchar,
    sheet varchar,
    cell varchar,
    issue_code varchar
);

create or replace table ing_ledger (
    file varchar,
    sheet varchar,
    row_no integer,
    source varchar,
    disposition varchar,
    reason_code varchar,
    row_id bigint
);

-- One row a filled cell of a workbook of ours that came back.
create or replace table ing_returned (
    file varchar,
    sheet varchar,
    sheet_no integer,
    row_no integer,
    column_no integer,
    value varchar
);

create or replace table ing_heading (
    file varchar,
    sheet varchar,
    source varchar,
    column_no integer,
    heading varchar,
    column_name varchar,
    fate varchar
);

create or replace table ing_issue (
    issue_code varchar,
    severity varchar,
    file varchar,
    sheet varchar,
    row_no integer,
    cell varchar,
    column_name varchar,
    effect varchar,
    text_zh varchar,
    advice_zh varchar
);

-- One row a file: what became of it, in the words of the reading process.
create or replace temp table tmp_file (
    file varchar,
    sha256 varchar,
    bytes bigint,
    sniffed_type varchar,
    modified_on date,
    stated_rows bigint,
    outcome varchar,
    issue_code varchar
);

-- One row a sheet of a file that was read; ``sheet_id`` grows with file and sheet.
create or replace temp table tmp_sheet (
    sheet_id bigint,
    file varchar,
    sheet_no integer,
    sheet varchar,
    is_hidden boolean,
    height bigint,
    source varchar,
    is_snapshot boolean,
    heading_row_no integer,
    title_text varchar,
    data_rows bigint,
    id_total hugeint,
    fen_total hugeint,
    period_no varchar,
    period_term integer,
    period_from varchar,
    snapshot_on date,
    dated_by varchar,
    stated_people bigint[],
    stated_fen bigint,
    stated_limit bigint,
    is_applied boolean,
    is_policy_off boolean,
    is_other_programme boolean,
    hidden_rows bigint,
    hidden_columns bigint,
    is_filtered boolean,
    formulas bigint,
    tables bigint,
    hold_code varchar
);

-- One row a run of rows that are no data.
create or replace temp table tmp_line (
    sheet_id bigint,
    first_row_no integer,
    last_row_no integer,
    disposition varchar check (
        disposition
        in ('accepted', 'held', 'title', 'heading', 'total', 'note', 'blank')
    ),
    reason_code varchar
);

create or replace temp table tmp_heading (
    sheet_id bigint,
    column_no integer,
    heading varchar,
    column_name varchar,
    fate varchar check (fate in ('used', 'ignored', 'duplicate', 'unknown')),
    near varchar
);

create or replace temp table tmp_shape (
    sheet_id bigint,
    column_no integer,
    column_name varchar,
    looked integer,
    misfit integer,
    seems varchar,
    seeming integer,
    fits varchar,
    twin_of integer
);

create or replace temp table tmp_mark (
    sheet_id bigint,
    column_no integer,
    column_name varchar,
    mark varchar
);

create or replace temp table tmp_returned (
    sheet_id bigint,
    row_no integer,
    column_no integer,
    value varchar
);

create or replace temp table tmp_issue (
    sheet_id bigint,
    row_no integer,
    cell varchar,
    column_name varchar,
    issue_code varchar,
    detail varchar,
    file varchar,
    line varchar
);

create or replace temp table tmp_issue_type (
    issue_code varchar,
    title varchar,
    advice varchar,
    effect varchar,
    severity varchar
);

-- Row 12, column 6 is F12.
create or replace temp macro cell_address(row_no, column_no) as
case when column_no > 702 then chr(64 + (column_no - 27) // 676) else '' end
|| case
    when column_no > 26 then chr(65 + ((column_no - 1) // 26 - 1) % 26) else ''
end
|| chr(65 + (column_no - 1) % 26) || row_no;

-- One row a data row of any source; ``content`` tells equal rows, ``scope`` what a
-- newer list replaces (null: nothing).
create or replace temp table tmp_row (
    source varchar,
    is_snapshot boolean,
    sheet_id bigint,
    row_no integer,
    hold_code varchar,
    content varchar,
    scope varchar,
    snapshot_on date,
    disposition varchar,
    reason_code varchar,
    row_id bigint
);

create or replace temp table tmp_amount (sheet_id bigint, fen hugeint);
