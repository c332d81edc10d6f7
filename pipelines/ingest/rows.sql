-- The fate of every data row: held, duplicate, superseded or accepted; then its number.

update tmp_row set disposition = 'held', reason_code = hold_code
where hold_code is not null;

-- A snapshot's row that stands word for word in the same snapshot already.
update tmp_row as later
set disposition = 'duplicate', reason_code = 'ING_DUP_ROWS'
from (
    select
        sheet_id,
        row_no,
        row_number() over (
            partition by source, snapshot_on, content order by sheet_id, row_no
        ) as turn,
    from tmp_row
    where is_snapshot and disposition = 'accepted'
) as ranked
where
    ranked.turn > 1
    and later.sheet_id = ranked.sheet_id
    and later.row_no = ranked.row_no;

-- Other sources: a sheet is a copy when every row of it stands in one other sheet too;
-- single equal rows stay, they may be a real double. A sheet's rows that were set apart
-- as another source count for themselves.
create or replace temp table tmp_content as
select
    source,
    sheet_id,
    content,
    count(*) as times,
from tmp_row
where not is_snapshot
group by source, sheet_id, content;

-- The batch that a list names: two batches are two lists, whatever their rows.
create or replace temp table tmp_batch as
select
    sheet_id,
    nullif(
        regexp_extract(
            concat_ws('|', title_text, sheet, file),
            '第[一二三四五六七八九十0-9]+批|补发|补报'
        ),
        ''
    ) as batch,
from tmp_sheet;

create or replace temp table tmp_contained as
select
    part.source,
    part.sheet_id,
    whole.sheet_id as in_sheet_id,
from tmp_content as part
inner join tmp_content as whole
    on part.source = whole.source and part.content = whole.content
inner join (
    select
        source,
        sheet_id,
        sum(times) as data_rows,
    from tmp_content
    group by source, sheet_id
) as counted on part.source = counted.source and part.sheet_id = counted.sheet_id
inner join tmp_batch as own on part.sheet_id = own.sheet_id
inner join tmp_batch as other on whole.sheet_id = other.sheet_id
where part.sheet_id <> whole.sheet_id and coalesce(own.batch = other.batch, true)
group by part.source, part.sheet_id, whole.sheet_id, counted.data_rows
having sum(least(part.times, whole.times)) = counted.data_rows;

create or replace temp table tmp_copy as
select distinct
    part.source,
    part.sheet_id,
from tmp_contained as part
left join tmp_contained as back
    on
        part.source = back.source
        and part.sheet_id = back.in_sheet_id
        and part.in_sheet_id = back.sheet_id
where back.sheet_id is null or part.in_sheet_id < part.sheet_id;

update tmp_row as one
set disposition = 'duplicate', reason_code = 'ING_DUP_ROWS'
from tmp_copy as copied
where
    one.source = copied.source
    and one.sheet_id = copied.sheet_id
    and one.disposition = 'accepted';

-- A newer snapshot supersedes an older one for the townships it covers, and no others;
-- a newer list of students or graduates for the people that stand in it.
update tmp_row as older
set disposition = 'superseded'
from (
    select
        source,
        scope,
        max(snapshot_on) as newest_on,
    from tmp_row
    where scope is not null and disposition = 'accepted'
    group by source, scope
) as newest
where
    older.disposition = 'accepted'
    and older.source = newest.source
    and older.scope = newest.scope
    and older.snapshot_on < newest.newest_on;

update tmp_row as one
set row_id = numbered.row_id
from (
    select
        sheet_id,
        row_no,
        row_number() over (order by sheet_id, row_no) as row_id,
    from tmp_row
    where disposition <> 'duplicate'
) as numbered
where one.sheet_id = numbered.sheet_id and one.row_no = numbered.row_no;

drop table tmp_content;
drop table tmp_contained;
drop table tmp_copy;
drop table tmp_batch;
