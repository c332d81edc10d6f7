-- The day of a night that nobody stated: the newest that an export states of itself.
create or replace temp table tmp_day as
select
    (
        select snapshot_on
        from (
            select
                max(snapshot_on) as snapshot_on,
                arg_max(dated_by, (snapshot_on, -sheet_no)) as dated_by
            from tmp_sheet
            where snapshot_on is not null
            group by file
        ) as dated
        order by dated_by = 'mtime', snapshot_on desc
        limit 1
    ) as as_of;
