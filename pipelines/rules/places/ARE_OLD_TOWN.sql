/* ---
title      = "已撤并乡镇"
asks       = "这个乡镇已撤并，现在归哪个乡镇？"
severity   = "C"
owner      = "township"
subject    = "place"
population = "scope"
needs      = ["monitored_person.township|yulu_roster.township"]
answers    = ["已改为现乡镇", "已写入对照表"]
proof      = "撤并文件"
why        = "写着已撤并的乡镇，任务派不到村。"
clause     = "统计用区划代码（现行）"
since      = 2021-09-01
--- */
-- One row = one abolished township that the current register or a roster of a period it
-- speaks for still names.
select
    old_town.township as subject_key,
    no_text() as period_no,
    old_town.township as observed,
    coalesce(max(seen.township), '现乡镇') as expected,
    0 as yuan_at_stake,
    string_agg(distinct written.source_zh, '、' order by written.source_zh) || '有'
    || cast(count(distinct written.row_id) as varchar) || '行写的是已撤并的“'
    || old_town.township || '”，' || coalesce(
        '已按对照表归入“' || max(seen.township) || '”。',
        '对照表没有写明归入哪个乡镇，请补充。'
    ) as sentence,
    cells([cell(written.row_id, 'township')])[1:20] as evidence,
    no_text() as hold_reason
from lnk_place_row as written
inner join lnk_old_town as old_town on old_town.township_key = written.township_key
left join lnk_place_seen as seen
    on
        seen.seen_township_key is not distinct from written.township_key
        and seen.seen_village_key is not distinct from written.village_key
        and seen.township_key <> written.township_key
group by old_town.township
