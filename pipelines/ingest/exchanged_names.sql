-- One row per sheet: homes of several people that have one name and several heads, or
-- one head and several names; and people whom the other sources know by the name under
-- the other heading, or by the one under their own.
with named as (
    select
        sheet_id,
        id_number_pid,
        own_head as head_pid,
        name_key,
        head_name_key,
        coalesce(own_house, own_head) as home
    from load_source
    where name_key is not null and head_name_key is not null
),

homes as (
    select
        sheet_id,
        home,
        count(distinct name_key) as names,
        count(distinct head_name_key) as heads
    from named
    where home is not null
    group by sheet_id, home
    having count(distinct id_number_pid) > 1
),

told as (
    select
        sheet_id,
        count(*) filter (where names = 1 and heads > 1) as one_name,
        count(*) filter (where heads = 1 and names > 1) as one_head
    from homes
    group by sheet_id
),

others as (
    select
        pid,
        min(name_key) as name_key
    from tmp_called
    where source <> 'this_source'
    group by pid
    having count(distinct name_key) = 1
),

known as (
    select
        named.sheet_id,
        others.name_key = named.head_name_key as is_head,
        others.name_key = named.name_key as is_own
    from named
    inner join others on named.id_number_pid = others.pid
    where named.name_key <> named.head_name_key
    union all
    select
        named.sheet_id,
        others.name_key = named.name_key as is_head,
        others.name_key = named.head_name_key as is_own
    from named
    inner join others on named.head_pid = others.pid
    where named.name_key <> named.head_name_key
),

called as (
    select
        sheet_id,
        count(*) filter (where is_head) as as_head,
        count(*) filter (where is_own) as as_own
    from known
    group by sheet_id
)

select
    sheet_id,
    coalesce(told.one_name, 0) as one_name,
    coalesce(told.one_head, 0) as one_head,
    coalesce(called.as_head, 0) as as_head,
    coalesce(called.as_own, 0) as as_own
from told
full join called using (sheet_id)
order by sheet_id;
