/* ---
title      = "村名无法识别"
asks       = "这个村现在叫什么，属于哪个乡镇？"
severity   = "C"
owner      = "township"
subject    = "place"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.village"]
answers    = ["已改为规范村名", "已写入对照表", "是自然村，已注明行政村"]
proof      = "行政村名录"
why        = "村名对不上，任务派不到村。"
clause     = "行政村名录（含别名对照表）"
since      = 2021-09-01
--- */
-- One row = one village name that neither the reference, nor the county's own mapping,
-- nor the register knows. An abolished township is ARE_OLD_TOWN.
with unknown as (
    select
        written.township,
        written.township_key,
        written.village,
        written.village_key,
        written.row_id,
        written.source_zh
    from lnk_place_row as written
    inner join lnk_place_seen as seen
        on
            seen.seen_township_key is not distinct from written.township_key
            and seen.seen_village_key is not distinct from written.village_key
    where
        written.source = 'yulu_roster'
        and seen.doubt = 'unknown'
        and written.village_key is not null
        and coalesce(written.township_key, '') not in (
            select township_key from lnk_old_town
        )
),

grouped as (
    select
        township_key,
        village_key,
        coalesce(min(township), '') || min(village) as place,
        count(*) as times,
        string_agg(distinct source_zh, '、' order by source_zh) as sources_zh,
        cells([cell(row_id, 'village')])[1:20] as evidence
    from unknown
    group by township_key, village_key
),

village as (
    select distinct
        township_key,
        village_key,
        village
    from lnk_place_seen
    where village is not null and township_key is not null
),

near as (
    select
        grouped.place,
        village.village,
        row_number() over (
            partition by grouped.place
            order by
                jaro_winkler_similarity(village.village_key, grouped.village_key) desc,
                village.village
        ) as turn
    from grouped
    inner join village on village.township_key = grouped.township_key
    where jaro_winkler_similarity(village.village_key, grouped.village_key) > 0.5
)

select
    grouped.place as subject_key,
    no_text() as period_no,
    grouped.place as observed,
    coalesce(
        string_agg(near.village, '、' order by near.turn) filter (where near.turn <= 3),
        '行政村名录中的村名'
    ) as expected,
    0 as yuan_at_stake,
    max(grouped.sources_zh) || '有' || cast(max(grouped.times) as varchar) || '行写的是“'
    || grouped.place || '”，名录里没有' || coalesce(
        '，相近的有'
        || string_agg(near.village, '、' order by near.turn) filter (where near.turn <= 3),
        ''
    ) || '。' as sentence,
    any_value(grouped.evidence) as evidence,
    no_text() as hold_reason
from grouped
left join near on near.place = grouped.place
group by grouped.place
