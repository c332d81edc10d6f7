/* ---
title      = "无学籍"
asks       = "学籍系统里没有该生，他在哪所学校、注册学籍了吗？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "school_register"]
absence_of = "school_register"
answers    = ["有学籍，已提供证明", "学籍未注册，已联系学校", "不在读，停发", "证件号有误，已更正", "无法联系"]
money      = ["risk"]
proof      = "学籍证明（加盖学校公章）"
why        = "补助只给有正式学籍的全日制学生。"
policy     = "school_register"
since      = 2021-09-01
--- */
-- One row = one student and period with a usable number, whom the period's list of the
-- school registers does not name, or answers with 无学籍.
with told as (
    select distinct
        subject_key,
        period_no
    from lnk_school
    where subject_key is not null and register_status is distinct from '无学籍'
),

denied as (
    select
        subject_key,
        period_no,
        max(row_id) as row_id
    from lnk_school
    where register_status = '无学籍'
    group by subject_key, period_no
),

answered as (
    select
        period_no,
        max(listed_on) as listed_on
    from lnk_school
    group by period_no
),

nameless as (
    -- rows that met nobody: one of them may be this student
    select distinct
        school.period_no,
        stated.name_key
    from lnk_school as school
    inner join stg_school_register as stated on stated.row_id = school.row_id
    where school.subject_key is null
)

select
    roster.subject_key,
    roster.period_no,
    '无学籍' as observed,
    '在籍在读' as expected,
    whole_yuan(min(roster.standard_fen)) as yuan_at_stake,
    first(
        '学籍比对结果（' || period_zh(roster.period_no)
        || coalesce('，' || strftime(answered.listed_on, '%Y-%m-%d'), '') || '）'
        || case when denied.row_id is null then '没有该生' else '为无学籍' end || '；'
        || roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '列有该生'
        || coalesce('（' || roster.school_name || '）', '') || '。'
        order by roster.row_id desc
    ) as sentence,
    list_filter(
        cells([
            cell(roster.row_id, 'id_number'), cell(roster.row_id, 'school_name'),
            cell(denied.row_id, 'register_status'),
        ]),
        lambda one: struct_extract(one, 'row_id') is not null
    ) as evidence,
    case
        when bool_or(nameless.name_key is not null) and not bool_or(denied.row_id is not null)
            then '学籍比对结果有一行未能对应到人，与该生同名'
    end as hold_reason
from lnk_roster_row as roster
cross join run
inner join answered on answered.period_no = roster.period_no
left join told
    on told.subject_key = roster.subject_key and told.period_no = roster.period_no
left join denied
    on denied.subject_key = roster.subject_key and denied.period_no = roster.period_no
left join nameless
    on nameless.period_no = roster.period_no and nameless.name_key = roster.name_key
where
    told.subject_key is null
    and roster.tier <> 'ambiguous'
    and not roster.is_waived
    and (
        is_usable(roster.form, roster.pid, run.as_of)
        or denied.row_id is not null
    )
    -- a mistyped number cannot be found: IDN_NEAR_ID asks; a status tells itself
    and (roster.tier not in ('id_near', 'id_cut') or denied.row_id is not null)
    and not exists (
        select 1 from lnk_stop as stop
        where
            stop.subject_key = roster.subject_key
            and stop.period_no = roster.period_no
    )
group by roster.subject_key, roster.period_no
