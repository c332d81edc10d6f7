/* ---
title      = "乡镇/村不一致"
asks       = "该生家庭现在属于哪个村？由哪个村核查？"
severity   = "B"
owner      = "township"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "yulu_roster.village|yulu_roster.township",
    "monitored_person.village|monitored_person.township",
]
answers    = ["以监测系统为准", "以名册为准", "已迁移", "无法确定"]
proof      = "户口簿首页"
why        = "两个系统的村不同，任务派错村就会走错门。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one student whom today's register places elsewhere than the roster of the
-- time it speaks for (ruling 6). A village that no list knows is not compared.
with place as (
    -- what the county's own mapping makes of a place as written
    select
        seen_township_key,
        seen_village_key,
        township_key,
        village_key,
        doubt
    from lnk_place_seen
),

placed as (
    select
        roster.subject_key,
        roster.row_id,
        roster.period_no,
        concat_ws('', roster.township, roster.village) as roster_place,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        person.row_id as register_row_id,
        concat_ws('', person.township, person.village) as register_place,
        register_zh(speaker.snapshot_on) as register_zh
    from lnk_roster_row as roster
    inner join lnk_speaking as speaker
        on
            speaker.person_key = roster.person_key
            and speaker.period_no = roster.period_no
    inner join lnk_person as known
        on
            known.person_key = roster.person_key
            and known.is_current
            and known.snapshot_on = speaker.snapshot_on
    inner join stg_monitored_person as person on person.row_id = speaker.row_id
    left join place as there
        on
            there.seen_township_key is not distinct from roster.township_key
            and there.seen_village_key is not distinct from roster.village_key
    left join place as here
        on
            here.seen_township_key is not distinct from person.township_key
            and here.seen_village_key is not distinct from person.village_key
    where
        there.doubt is null
        and here.doubt is null
        -- an abolished township that nobody mapped is ARE_OLD_TOWN
        and not coalesce(
            coalesce(there.township_key, roster.township_key) in (
                select township_key from lnk_old_town
            ),
            false
        )
        and (coalesce(
            coalesce(there.township_key, roster.township_key)
            <> coalesce(here.township_key, person.township_key),
            false
        )
        or coalesce(
            coalesce(there.village_key, roster.village_key)
            <> coalesce(here.village_key, person.village_key),
            false
        ))
)

select
    subject_key,
    no_text() as period_no,
    first(roster_place order by period_no desc, row_id desc) as observed,
    first(register_place order by period_no desc, row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        register_zh || '该生家在“' || register_place || '”，'
        || roster_zh || '写的是“' || roster_place || '”。'
        order by period_no desc, row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'township'), cell(row_id, 'village'),
        cell(register_row_id, 'township'), cell(register_row_id, 'village'),
    ]) as evidence,
    no_text() as hold_reason
from placed
group by subject_key
