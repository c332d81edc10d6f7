/* ---
title      = "学校名无法识别"
asks       = "学校的全称是什么？照学生证写。"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.school_name"]
answers    = ["已更正为全称", "名称无误，已加入学校表", "无法联系"]
proof      = "学生证或录取通知书"
why        = "学校写不清，无法核对学段和学籍。"
clause     = "数据质量要求：学校写全称"
since      = 2021-09-01
--- */
-- One row = one student and period, whose school is no school by its name and stands in
-- no list of schools or other names; the nearest names are shown.
with known as (
    select distinct
        school_key(school_seen) as school_key,
        school as name
    from ref_school

    union

    select distinct
        school_key,
        written as name
    from lnk_school_name
    where kind is not null
),

unknown as (
    select
        written,
        school_key
    from lnk_school_name
    where kind is null
),

near as (
    select
        unknown.written,
        known.name,
        row_number() over (
            partition by unknown.written
            order by
                max(jaro_winkler_similarity(known.school_key, unknown.school_key)) desc,
                known.name
        ) as turn
    from unknown
    inner join known
        on jaro_winkler_similarity(known.school_key, unknown.school_key) > 0.7
    group by unknown.written, known.name
),

nearest as (
    select
        written,
        string_agg(name, '、' order by turn) as names
    from near
    where turn <= 3
    group by written
)

select
    roster.subject_key,
    roster.period_no,
    first(roster.school_name order by roster.row_id desc) as observed,
    first(coalesce(nearest.names, '学校全称') order by roster.row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '的学校写作“'
        || roster.school_name || '”，认不出是哪所学校'
        || coalesce('，相近的有' || nearest.names, '') || '。'
        order by roster.row_id desc
    ) as sentence,
    cells([cell(roster.row_id, 'school_name')]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join unknown on unknown.written = roster.school_name
left join nearest on nearest.written = roster.school_name
where roster.period_no is not null
group by roster.subject_key, roster.period_no
