-- How many of the values under a heading stood in the last export of the same source,
-- and under which heading there.
create or replace temp table tmp_overlap as
with counted as (
    select
        sheet_id,
        column_no,
        count(*) as marks
    from tmp_mark
    group by sheet_id, column_no
)

select
    one.sheet_id,
    one.column_no,
    past.column_name as past_column,
    count(*) as same,
    any_value(counted.marks) as marks
from tmp_mark as one
inner join tmp_sheet as sheet on one.sheet_id = sheet.sheet_id
inner join last_mark as past on sheet.source = past.source and one.mark = past.mark
inner join counted on one.sheet_id = counted.sheet_id and one.column_no = counted.column_no
group by one.sheet_id, one.column_no, past.column_name;
