-- Absence needs proof (spec section 4): where, for what and why an export may be taken
-- to be whole. Findings that rest on something not being there need `is_covered`.

-- One row per sheet whose stated head count (its 合计 line, its name) is not its rows.
create or replace table lnk_miscounted as
select distinct
    file,
    coalesce(sheet, '') as sheet
from ing_sheet
where stated_rows is not null and counted_rows is not null and stated_rows <> counted_rows

union

-- a count in the file's name, where no sheet states its own
select distinct
    sheet.file,
    coalesce(sheet.sheet, '') as sheet
from ing_sheet as sheet
inner join (
    select
        ing_file.file,
        min(ing_file.stated_rows) as stated_rows,
        sum(counted.counted_rows) as counted_rows
    from ing_file
    inner join ing_sheet as counted on counted.file = ing_file.file
    group by ing_file.file
    having count(counted.stated_rows) = 0
) as whole on whole.file = sheet.file
where whole.stated_rows <> whole.counted_rows;

-- One row per source that a file refused or still growing tonight belongs to. A file of
-- unknown source proves nothing by itself: a missing export shows in the rows, as a
-- township absent or shrunken; otherwise one stray document would silence the county.
create or replace table lnk_unread as
select distinct unnest(sources) as source
from ing_file
where outcome in ('refused', 'left') and sources is not null;

-- One row per person or subject that a source names in a township tonight (null:
-- township unknown), with the period (null: undated source), the snapshot's date and
-- whether the sheet it stands in was miscounted.
create or replace table lnk_present as
select
    'monitored_person' as source,
    null as period_no,
    township.township,
    known.person_key as subject_key,
    known.snapshot_on,
    known.is_current,
    miscounted.file is not null as is_miscounted
from lnk_known as known
inner join stg_monitored_person as row_ on row_.row_id = known.row_id
left join lnk_township as township on township.township_key = known.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where known.origin = 'register'

union all

select
    'member_departure' as source,
    null as period_no,
    township.township,
    known.person_key as subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_known as known
inner join stg_member_departure as row_ on row_.row_id = known.row_id
left join lnk_township as township on township.township_key = known.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where known.origin = 'departure'

union all

select
    'yulu_roster' as source,
    link.period_no,
    coalesce(township.township, subject.township) as township,
    link.subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_roster as link
inner join stg_yulu_roster as row_ on row_.row_id = link.row_id
inner join lnk_row as line on line.row_id = link.row_id
inner join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = line.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.period_no is not null

union all

select
    'yulu_payment' as source,
    link.period_no,
    coalesce(subject.township, township.township) as township,
    link.subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_payment as link
inner join stg_yulu_payment as row_ on row_.row_id = link.row_id
inner join lnk_transfer as transfer on transfer.row_id = link.row_id
inner join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = transfer.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.period_no is not null and coalesce(row_.is_yulu, true);

-- One row per source, period and township: how many subjects tonight, how many at best
-- in the nights remembered, how many in the snapshot (or period) before.
create or replace table lnk_extent as
with today as (
    select
        source,
        period_no,
        township,
        count(distinct subject_key) filter (where is_current) as rows,
        max(snapshot_on) filter (where is_current) as snapshot_on,
        coalesce(bool_or(is_miscounted) filter (where is_current), false)
            as is_miscounted
    from lnk_present
    where township is not null
    group by source, period_no, township
),

-- the month's best figure, not only last night's: a partial file that lies there for
-- two nights must not become the new normal
remembered as (
    select
        his_coverage.source,
        his_coverage.period_no,
        his_coverage.township,
        max(his_coverage.rows) as best_rows
    from his_coverage
    cross join run
    cross join lnk_limit
    cross join (select max(as_of) as as_of from his_coverage) as last_night
    where
        his_coverage.township is not null
        and (
            his_coverage.as_of
            >= run.as_of - cast(lnk_limit.shrink_memory_days as integer)
            or his_coverage.as_of = last_night.as_of
        )
    group by his_coverage.source, his_coverage.period_no, his_coverage.township
),

older as (
    select
        present.source,
        present.township,
        present.snapshot_on,
        count(distinct present.subject_key) as rows
    from lnk_present as present
    inner join today
        on today.source = present.source and today.township = present.township
    where
        present.source = 'monitored_person'
        and not present.is_current
        and present.snapshot_on < today.snapshot_on
    group by present.source, present.township, present.snapshot_on
),

older_snapshot as (
    select
        source,
        township,
        arg_max(rows, snapshot_on) as rows
    from older
    group by source, township
),

-- every township of which the register or the rosters ever spoke is expected
expected as (
    select distinct
        source.source,
        source.period_no,
        town.township
    from (
        select distinct source, period_no from lnk_present
        union
        select source, period_no from remembered
    ) as source
    cross join (
        select township from today where source in ('monitored_person', 'yulu_roster')
        union
        select township from lnk_present
        where source = 'monitored_person' and township is not null
        union
        select township from remembered
    ) as town
)

select
    expected.source,
    expected.period_no,
    expected.township,
    coalesce(today.rows, 0) as rows,
    today.snapshot_on,
    coalesce(today.is_miscounted, false) as is_miscounted,
    remembered.best_rows,
    coalesce(older_snapshot.rows, before.rows) as rows_before
from expected
left join today
    on
        today.source = expected.source
        and today.period_no is not distinct from expected.period_no
        and today.township = expected.township
left join remembered
    on
        remembered.source = expected.source
        and remembered.period_no is not distinct from expected.period_no
        and remembered.township = expected.township
left join older_snapshot
    on
        older_snapshot.source = expected.source
        and older_snapshot.township = expected.township
left join ref_period as period on period.period_no = expected.period_no
left join today as before
    on
        before.source = expected.source
        and before.period_no = period.previous_no
        and before.township = expected.township;

-- One row per period and township: of those on the approved roster, how many have a
-- payment of the period, whatever became of it.
create or replace table lnk_paid_share as
with approved as (
    select distinct
        link.period_no,
        link.subject_key,
        subject.township
    from lnk_roster as link
    inner join lnk_subject as subject on subject.subject_key = link.subject_key
    where not link.is_applied and subject.township is not null
),

paid as (
    select distinct
        period_no,
        subject_key
    from lnk_present
    where source = 'yulu_payment'
)

select
    approved.period_no,
    approved.township,
    count(*) as approved,
    count(paid.subject_key) as paid
from approved
left join paid
    on
        paid.period_no = approved.period_no
        and paid.subject_key = approved.subject_key
group by approved.period_no, approved.township;

-- One row per source, period (null: undated) and township (null: the whole county):
-- may something missing there be taken as missing? `why` says it in Chinese; `rows` is
-- what tonight's export holds there.
create or replace table lnk_coverage as
with judged as (
    select
        extent.source,
        extent.period_no,
        extent.township,
        extent.rows,
        case extent.source
            when 'monitored_person' then '监测系统导出'
            when 'member_departure' then '自然减少名单'
            when 'yulu_roster' then extent.period_no || '学年雨露名册'
            when 'yulu_payment' then extent.period_no || '学年发放文件'
        end as source_zh,
        case
            -- a list of leavers may well have nobody from a township
            when extent.rows = 0 and extent.source <> 'member_departure'
                then '中没有该乡镇'
            when extent.is_miscounted then '写明的人数与实际行数不符，可能不完整'
            when
                extent.source = 'monitored_person'
                and extent.snapshot_on < run.as_of - cast(lnk_limit.fresh_days as integer)
                then
                    '日期是' || day_zh(extent.snapshot_on) || '，已超过'
                    || cast(cast(lnk_limit.fresh_days as integer) as varchar) || '天'
            when extent.rows < extent.best_rows * (1 - lnk_limit.shrink_share)
                then
                    '中该乡镇只有' || cast(extent.rows as varchar) || '人，近期曾有'
                    || cast(extent.best_rows as varchar) || '人'
            when
                extent.source = 'monitored_person'
                and extent.rows < extent.rows_before * (1 - lnk_limit.shrink_share)
                then
                    '中该乡镇只有' || cast(extent.rows as varchar) || '人，上一期导出有'
                    || cast(extent.rows_before as varchar) || '人'
            -- rosters differ from year to year: only a collapse is suspicious
            when
                extent.source = 'yulu_roster'
                and extent.rows_before >= 20
                and extent.rows < extent.rows_before * lnk_limit.period_shrink_share
                then
                    '中该乡镇只有' || cast(extent.rows as varchar) || '人，上学年有'
                    || cast(extent.rows_before as varchar) || '人'
            when
                extent.source = 'yulu_payment'
                and coalesce(share.paid, 0)
                < coalesce(share.approved, 0) * lnk_limit.payment_cover_share
                then
                    '中该乡镇只有' || cast(coalesce(share.paid, 0) as varchar)
                    || '人，名册有' || cast(share.approved as varchar) || '人'
            -- without an earlier night nothing else would show that a batch is missing
            when unread.source is not null and extent.best_rows is null
                then '有文件没有读成，可能不完整'
        end as doubt
    from lnk_extent as extent
    cross join run
    cross join lnk_limit
    left join lnk_paid_share as share
        on
            share.period_no = extent.period_no
            and share.township = extent.township
    left join lnk_unread as unread
        on unread.source = extent.source and unread.source <> 'monitored_person'
),

-- an abolished township has no export of its own any more: its people are sought in
-- all the others, so the county's proof is its proof
abolished as (
    select named.township
    from (
        select
            township,
            bool_or(village is null) as is_today
        from ref_place
        group by township
    ) as named
    where
        not named.is_today
        and exists (select 1 from ref_place where village is null)
        and named.township not in (
            select township from lnk_present
            where source = 'monitored_person' and township is not null
        )
),

-- the county is covered when every township is that the register knows, be it by the
-- reference or by its people: a stray heading read as a row is no township
county as (
    select
        judged.source,
        judged.period_no,
        sum(judged.rows) as rows,
        min(judged.source_zh) as source_zh,
        count(*) filter (where judged.doubt is not null) as doubtful,
        string_agg(judged.township, '、' order by judged.township)
            filter (where judged.doubt is not null) as towns
    from judged
    where
        judged.township in (
            select township from lnk_extent
            where
                source = 'monitored_person'
                and (
                    greatest(rows, rows_before, best_rows) >= 10
                    or (
                        greatest(rows, rows_before, best_rows) > 0
                        and township in (select township from ref_place)
                    )
                )
        )
    group by judged.source, judged.period_no
)

select
    judged.source,
    judged.period_no,
    judged.township,
    case
        when abolished.township is not null then coalesce(county.doubtful = 0, false)
        else judged.doubt is null
    end as is_covered,
    case
        when abolished.township is not null
            then judged.source_zh || '中没有该乡镇（已撤并），以全县为准'
        when judged.doubt is null
            then
                judged.source_zh || '中该乡镇有' || cast(judged.rows as varchar) || '人'
        else judged.source_zh || judged.doubt
    end as why,
    judged.rows
from judged
left join abolished
    on abolished.township = judged.township and judged.source = 'monitored_person'
left join county
    on
        county.source = judged.source
        and county.period_no is not distinct from judged.period_no

union all

select
    source,
    period_no,
    null as township,
    doubtful = 0 as is_covered,
    case
        when doubtful = 0 then source_zh || '覆盖全县各乡镇'
        else source_zh || '在' || towns || '不能证明完整'
    end as why,
    rows
from county;
