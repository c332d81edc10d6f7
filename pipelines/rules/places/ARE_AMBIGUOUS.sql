/* ---
title      = "同县重名村"
asks       = "该生家在哪个乡镇的这个村？"
severity   = "B"
owner      = "township"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.village"]
answers    = ["已补写乡镇", "无法确认"]
proof      = "户口簿首页"
why        = "两个乡镇都有这个村，不写乡镇就派不到户。"
clause     = "行政村名录"
since      = 2021-09-01
--- */
-- One row = one student whose roster row names a village that two townships have, and no
-- township.
select
    written.subject_key,
    no_text() as period_no,
    first(written.village order by written.row_id desc) as observed,
    first(candidate.towns order by written.row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        written.source_zh || '的村写作“' || written.village || '”，没写乡镇；'
        || coalesce(candidate.towns, '几个乡镇') || '都有这个村。'
        order by written.row_id desc
    ) as sentence,
    cells([cell(written.row_id, 'village')]) as evidence,
    no_text() as hold_reason
from lnk_place_row as written
inner join lnk_place_seen as seen
    on
        seen.seen_township_key is not distinct from written.township_key
        and seen.seen_village_key is not distinct from written.village_key
left join (
    select
        village_key,
        string_agg(distinct township, '、' order by township) as towns
    from ref_place
    where village_key is not null
    group by village_key
) as candidate
    on candidate.village_key = written.village_key
where written.source = 'yulu_roster' and seen.doubt = 'ambiguous'
group by written.subject_key
