-- The fate of every data row: held, duplicate, superseded or accepted; then its number.

update tmp_row set disposition = 'held', reason_code = hold_code
where hold_code is not null;

-- A snapshot's row that stands word for word in the same snapshot already.
update tmp_row as later
set disposition = 'duplicate', reason_code = 'ING_DUP_ROWS'
from (
    select
        file,
        sheet_no,
        row_no,
        row_number() over (
            partition by source, snapshot_on, content
            order by file, sheet_no, row_no
        ) as turn,
    from tmp_row
    where is_snapshot and disposition = 'accepted'
) as ranked
where
    ranked.turn > 1
    and later.file = ranked.file
    and later.sheet_no = ranked.sheet_no
    and later.row_no = ranked.row_no;

-- Other sources: a sheet is a copy when every row of it stands in one other sheet too;
-- single equal rows stay, they may be a real double.
create or replace temp table tmp_content as
select
    source,
    file,
    sheet_no,
    content,
    count(*) as times,
from tmp_row
where not is_snapshot
group by source, file, sheet_no, content;

create or replace temp table tmp_contained as
select
    part.file,
    part.sheet_no,
    whole.file as in_file,
    whole.sheet_no as in_sheet_no,
from tmp_content as part
inner join tmp_content as whole
    on part.source = whole.source and part.content = whole.content
inner join tmp_sheet as sheet
    on part.file = sheet.file and part.sheet_no = sheet.sheet_no
where (part.file, part.sheet_no) <> (whole.file, whole.sheet_no)
group by part.file, part.sheet_no, whole.file, whole.sheet_no
having sum(least(part.times, whole.times)) = any_value(sheet.data_rows);

create or replace temp table tmp_copy as
select distinct
    part.file,
    part.sheet_no,
from tmp_contained as part
left join tmp_contained as back
    on
        part.file = back.in_file
        and part.sheet_no = back.in_sheet_no
        and part.in_file = back.file
        and part.in_sheet_no = back.sheet_no
where
    back.file is null
    or (part.in_file, part.in_sheet_no) < (part.file, part.sheet_no);

update tmp_row as one
set disposition = 'duplicate', reason_code = 'ING_DUP_ROWS'
from tmp_copy as copied
where
    one.file = copied.file
    and one.sheet_no = copied.sheet_no
    and one.disposition = 'accepted';

-- A newer snapshot supersedes an older one for the townships it covers, and no others.
update tmp_row as older
set disposition = 'superseded'
from (
    select
        source,
        coalesce(township_key, '') as township_key,
        max(snapshot_on) as newest_on,
    from tmp_row
    where is_snapshot and disposition = 'accepted'
    group by source, coalesce(township_key, '')
) as newest
where
    older.is_snapshot
    and older.disposition = 'accepted'
    and older.source = newest.source
    and coalesce(older.township_key, '') = newest.township_key
    and older.snapshot_on < newest.newest_on;

update tmp_row as one
set row_id = numbered.row_id
from (
    select
        file,
        sheet_no,
        row_no,
        row_number() over (order by file, sheet_no, row_no) as row_id,
    from tmp_row
    where disposition <> 'duplicate'
) as numbered
where
    one.file = numbered.file
    and one.sheet_no = numbered.sheet_no
    and one.row_no = numbered.row_no;

drop table tmp_content;
drop table tmp_contained;
drop table tmp_copy;
