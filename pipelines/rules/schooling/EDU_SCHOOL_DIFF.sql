/* ---
title      = "学校不一致"
asks       = "该生现在读哪所学校？转学了吗？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "school_register",
    "yulu_roster.school_name",
    "school_register.school_name",
]
answers    = ["名册学校已更正", "已转学，已更新", "学籍信息有误", "无法联系"]
proof      = "学籍证明、学生证"
why        = "学校不同，可能转学、挂名或认错了人。"
clause     = "学籍信息应与申报一致"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose school the two lists name differently,
-- after the known other names of schools. The last row of the school register counts.
with registered as (
    select *
    from lnk_school
    where
        school_name is not null
        and subject_key is not null
        and coalesce(register_status, '') not in ('转出', '无学籍')
    qualify
        row_number() over (
            partition by subject_key, period_no
            order by period_no_term desc nulls last, listed_on desc, row_id desc
        ) = 1
),

compared as (
    select
        roster.subject_key,
        roster.period_no,
        roster.row_id,
        roster.school_name,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        registered.row_id as school_row_id,
        registered.school_name as registered_name,
        registered.source_zh,
        here.school_key as here_key,
        there.school_key as there_key
    from lnk_roster_row as roster
    inner join registered
        on
            registered.subject_key = roster.subject_key
            and registered.period_no = roster.period_no
    -- a name that is no trade school's is EDU_SCHOOL_UNKNOWN or EDU_SCHOOL_KIND
    inner join lnk_school_name as here
        on
            here.written = roster.school_name
            and coalesce(here.kind, 'unknown') not in ('unknown', 'senior', 'training')
    inner join lnk_school_name as there on there.written = registered.school_name
)

select
    subject_key,
    period_no,
    first(school_name order by row_id desc) as observed,
    first(registered_name order by row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        source_zh || '学校为“' || registered_name || '”，' || roster_zh || '为“'
        || school_name || '”。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'school_name'), cell(school_row_id, 'school_name')]) as evidence,
    no_text() as hold_reason
from compared
where
    here_key <> there_key
    -- a part of the other's name is the same school written short
    and not contains(here_key, there_key)
    and not contains(there_key, here_key)
    and not exists (
        select 1 from lnk_stop as stop
        where
            stop.subject_key = compared.subject_key
            and stop.period_no = compared.period_no
    )
group by subject_key, period_no
