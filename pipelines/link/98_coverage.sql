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
            when 'yulu_roster' then period_zh(extent.period_no) || '雨露名册'
            when 'yulu_payment' then period_zh(extent.period_no) || '发放文件'
            when 'school_register' then period_zh(extent.period_no) || '学籍比对结果'
            when 'monitored_job' then '务工信息导出'
            when 'graduate_destination' then '毕业去向台账'
        end as source_zh,
        case
            when doubted.source is not null
                then '有一张表的标题变了或有疑问，没有采用'
            -- a list of leavers may well have nobody from a township
            when extent.rows = 0 and extent.source <> 'member_departure'
                then '中没有该乡镇'
            when extent.is_miscounted then '写明的人数与实际行数不符，可能不完整'
            when
                extent.source in (
                    'monitored_person', 'monitored_job', 'graduate_destination'
                )
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
                    '中该乡镇只有' || cast(extent.rows as varchar) || '人，上'
                    || case when length(extent.period_no) > 9 then '学期' else '学年' end || '有'
                    || cast(extent.rows_before as varchar) || '人'
            when
                extent.source = 'yulu_payment'
                and coalesce(share.paid, 0)
                < coalesce(share.approved, 0) * lnk_limit.payment_cover_share
                then
                    '中该乡镇只有' || cast(coalesce(share.paid, 0) as varchar)
                    || '人，名册有' || cast(share.approved as varchar) || '人'
            when
                extent.source = 'school_register'
                and coalesce(share.enrolled, 0)
                < coalesce(share.approved, 0) * lnk_limit.payment_cover_share
                then
                    '中该乡镇的在册学生只有' || cast(coalesce(share.enrolled, 0) as varchar)
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
    left join lnk_doubted as doubted on doubted.source = extent.source
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
        and exists (
            select 1 from ref_place
            where village is null
        )
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
        string_agg(
            case when judged.doubt is not null then judged.township end, '、'
            order by judged.township
        ) as towns
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
