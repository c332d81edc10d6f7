-- One row per sheet: rows with two sound numbers, and those whose person was born more
-- than ten years before the head.
select
    sheet_id,
    count(*) as rows,
    count(*) filter (where born + 10 < head_born) as older
from (
    select
        sheet_id,
        try_cast(substr(id_number_pid, 7, 4) as integer) as born,
        try_cast(substr(head_id_number_pid, 7, 4) as integer) as head_born
    from load_source
    where
        id_number_form in ('id18', 'id15', 'disability')
        and head_id_number_form in ('id18', 'id15', 'disability')
        and id_number_pid <> head_id_number_pid
) as pair
where born between 1900 and 2100 and head_born between 1900 and 2100
group by sheet_id
order by sheet_id;
