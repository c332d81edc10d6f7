-- What a sheet's date, places and head counts say against it. Each is told, none holds a
-- row: what may be missing holds back findings elsewhere, by lnk_coverage.

-- A snapshot in force that is older than it may be.
insert into tmp_issue (sheet_id, issue_code, detail)
select
    sheet.sheet_id,
    'ING_STALE' as issue_code,
    '数据日期 ' || sheet.snapshot_on || '，距 ' || today.as_of || ' 已 '
    || (today.as_of - sheet.snapshot_on) || ' 天' as detail,
from tmp_sheet as sheet
cross join tmp_day as today
inner join tmp_limit as most on most.name = 'fresh_days'
inner join tmp_kind as kind on sheet.source = kind.source
where
    kind.describes_now
    and today.as_of - sheet.snapshot_on > most.value
    and sheet.sheet_id in (
        select sheet_id from tmp_row
        where disposition = 'accepted'
    );

-- The two systems were exported at different times: the newest stated date of each.
insert into tmp_issue (sheet_id, issue_code, detail)
with newest as (
    select
        source,
        max(snapshot_on) as snapshot_on,
        arg_max(sheet_id, (snapshot_on, sheet_id)) as sheet_id
    from tmp_sheet
    where dated_by <> 'mtime' and data_rows > 0
    group by source
)

select
    case
        when roster.snapshot_on < register.snapshot_on then roster.sheet_id
        else register.sheet_id
    end as sheet_id,
    'ING_STALE' as issue_code,
    '监测系统数据 ' || register.snapshot_on || '，雨露名册 ' || roster.snapshot_on
    || '，两边相差 ' || abs(register.snapshot_on - roster.snapshot_on) || ' 天' as detail,
from newest as register
inner join newest as roster
    on register.source = 'monitored_person' and roster.source = 'yulu_roster'
inner join tmp_limit as most on most.name = 'dates_apart_days'
where abs(register.snapshot_on - roster.snapshot_on) > most.value;

-- Rows of another county, by name or by township.
insert into tmp_issue (sheet_id, issue_code, detail)
with foreigner as (
    select
        place.sheet_id,
        place.row_no,
        coalesce(place.township, '') as township,
        -- what the row says of its county is believed before a township's name
        case
            when home.county_key is not null and place.county_key is not null
                -- 五寨, 五寨县, 忻州市五寨县
                then not contains(
                    place.county_key, regexp_replace(home.county_key, '[县区市旗]$', '')
                )
            else place.township_key not in (select township_key from tmp_home_town)
        end as is_foreign
    from tmp_place as place
    left join tmp_home as home on true
    where exists (select 1 from tmp_home_town)
)

select
    sheet_id,
    'ING_SCOPE' as issue_code,
    '有 ' || sum(times) || ' 行不在本县（' || string_agg(
        case when turn <= 3 then township || ' ' || times || ' 行' end, '、' order by turn
    ) || case when count(*) > 3 then '…）' else '）' end as detail,
from (
    select
        sheet_id,
        township,
        count(*) as times,
        row_number() over (
            partition by sheet_id order by count(*) desc, township
        ) as turn
    from foreigner
    where is_foreign
    group by sheet_id, township
) as counted
group by sheet_id;

-- How many rows each township has tonight and had before: in the last good night, else
-- in the older snapshot that still lies here.
create or replace temp table tmp_extent as
with tonight as (
    select
        one.source,
        place.township_key,
        min(place.township) as township,
        count(*) as rows
    from tmp_row as one
    inner join tmp_place as place
        on one.sheet_id = place.sheet_id and one.row_no = place.row_no
    where one.disposition = 'accepted' and place.township_key is not null
    group by one.source, place.township_key
),

older as (
    select
        one.source,
        place.township_key,
        min(place.township) as township,
        one.snapshot_on,
        count(*) as rows
    from tmp_row as one
    inner join tmp_place as place
        on one.sheet_id = place.sheet_id and one.row_no = place.row_no
    inner join tmp_kind as kind on one.source = kind.source
    where
        one.disposition = 'superseded'
        and kind.is_by_township
        and place.township_key is not null
    group by one.source, place.township_key, one.snapshot_on
),

before as (
    select
        source,
        township_key,
        township,
        rows
    from last_extent

    union all

    select
        source,
        township_key,
        arg_max(township, snapshot_on) as township,
        arg_max(rows, snapshot_on) as rows
    from older
    where (source, township_key) not in (select source, township_key from last_extent)
    group by source, township_key
)

select
    before.source,
    before.township_key,
    coalesce(tonight.township, before.township) as township,
    coalesce(tonight.rows, 0) as rows,
    before.rows as rows_before,
    newest.sheet_id
from before
left join tonight
    on before.source = tonight.source and before.township_key = tonight.township_key
inner join (
    select
        one.source,
        arg_max(one.sheet_id, (one.snapshot_on, one.sheet_id)) as sheet_id
    from tmp_row as one
    where one.disposition = 'accepted'
    group by one.source
) as newest on before.source = newest.source;

insert into tmp_issue (sheet_id, issue_code, detail)
select
    sheet_id,
    'ING_SCOPE' as issue_code,
    '上次有而这次没有的乡镇：' || string_agg(
        township || '（' || rows_before || ' 行）', '、' order by township
    ) as detail,
from tmp_extent
where rows = 0
group by sheet_id;

-- A township that lost or won more than it may; ten people more or less say nothing.
insert into tmp_issue (sheet_id, issue_code, detail)
select
    extent.sheet_id,
    'ING_SHRINK' as issue_code,
    string_agg(
        extent.township || ' ' || extent.rows_before || '→' || extent.rows || ' 行',
        '、' order by extent.township
    ) as detail,
from tmp_extent as extent
inner join tmp_limit as most on most.name = 'shrink_share'
inner join tmp_limit as more on more.name = 'grow_share'
inner join tmp_kind as kind on extent.source = kind.source
where
    extent.rows > 0
    and extent.rows_before >= 10
    and (
        extent.rows < extent.rows_before * (1 - most.value)
        or (kind.is_by_township and extent.rows > extent.rows_before * (1 + more.value))
    )
group by extent.sheet_id;
