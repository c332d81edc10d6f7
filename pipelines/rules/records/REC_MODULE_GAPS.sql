/* ---
title      = "雨露+模块缺项"
asks       = "系统模块里学校性质、补助金额或学校名称没有填，请补录。"
severity   = "C"
owner      = "operator"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster.school_nature|yulu_roster.enjoyed|yulu_module",
]
answers    = ["已补录", "该生未享受，已更正"]
proof      = "系统截图"
why        = "模块缺项，省里汇总时不算数。"
clause     = "雨露计划+信息采集要求"
since      = 2021-09-01
--- */
-- One row = one funded student and period in the system's module with an empty field
-- that the export has a column for.
with listed as (
    select
        link.subject_key,
        link.period_no,
        stated.row_id,
        stated.school_nature,
        stated.amount_fen,
        stated.school_name,
        stated.file,
        coalesce(stated.sheet, '') as sheet
    from lnk_roster as link
    inner join stg_yulu_roster as stated on stated.row_id = link.row_id

    union all

    select
        link.subject_key,
        period.period_no,
        stated.row_id,
        stated.school_nature,
        stated.amount_fen,
        stated.school_name,
        stated.file,
        coalesce(stated.sheet, '') as sheet
    from stg_yulu_module as stated
    inner join lnk_list as link
        on link.row_id = stated.row_id and link.source = 'yulu_module'
    left join ref_period as period
        on
            period.school_year = stated.period_no
            and coalesce(period.term = stated.period_no_term, true)
    where stated.enjoyed and link.subject_key is not null
),

judged as (
    select
        listed.*,
        list_filter(
            [
                case
                    when
                        listed.school_nature is null
                        and list_contains(sheet.columns, 'school_nature')
                        then '学校性质'
                end,
                case
                    when listed.amount_fen is null and list_contains(sheet.columns, 'amount_fen')
                        then '补助金额'
                end,
                case
                    when listed.school_name is null and list_contains(sheet.columns, 'school_name')
                        then '学校名称'
                end,
            ],
            lambda one: one is not null
        ) as gaps
    from listed
    inner join lnk_sheet as sheet
        on sheet.file = listed.file and sheet.sheet = listed.sheet
    -- what only the system's exports have tells them from a county's own roster
    where list_has_any(sheet.columns, ['school_nature', 'enjoyed', 'person_no'])
)

select
    subject_key,
    period_no,
    first(array_to_string(gaps, '、') || '为空' order by row_id desc) as observed,
    '填全' as expected,
    0 as yuan_at_stake,
    first(
        '雨露计划+名单' || coalesce('（' || period_zh(period_no) || '）', '') || '该生的'
        || array_to_string(gaps, '、') || '没有填写，应当填全。'
        order by row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'school_nature'), cell(row_id, 'amount_fen'), cell(row_id, 'school_name'),
    ]) as evidence,
    no_text() as hold_reason
from judged
where len(gaps) > 0
group by subject_key, period_no
