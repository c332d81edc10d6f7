/* ---
title      = "非全日制"
asks       = "该生读的是全日制吗？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "school_register.study_form|yulu_roster.school_name"]
answers    = ["属实，停发", "是全日制，学籍信息有误", "学校名称有误，已更正"]
money      = ["risk"]
proof      = "学籍证明（注明学习形式）"
why        = "函授、成教、网络、开放教育不在补助范围。"
policy     = "study_form"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whom the school register calls part-time, or
-- whose school on the roster is one of part-time study by its name.
with form as (
    select
        subject_key,
        period_no,
        row_id,
        source_zh
    from lnk_school
    where
        study_form in (
            select unfunded.study_form from ref_study_form as unfunded
            where not unfunded.is_funded
        )
    qualify
        row_number() over (partition by subject_key, period_no order by row_id desc) = 1
),

full_time as (
    select distinct
        subject_key,
        period_no
    from lnk_school
    where
        study_form in (
            select funded.study_form from ref_study_form as funded
            where funded.is_funded
        )
),

judged as (
    select
        roster.*,
        form.row_id as form_row_id,
        form.source_zh,
        -- the school register knows better than a name
        full_time.subject_key is null
        and exists (
            select 1
            from ref_study_word as word
            inner join ref_study_form as unfunded
                on unfunded.study_form = word.study_form and not unfunded.is_funded
            where
                contains(
                    concat_ws('|', roster.school_name, stated.major, roster.level_written),
                    word.word
                )
        ) as is_by_name
    from lnk_roster_row as roster
    inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
    left join form
        on form.subject_key = roster.subject_key and form.period_no = roster.period_no
    left join full_time
        on
            full_time.subject_key = roster.subject_key
            and full_time.period_no = roster.period_no
    where roster.period_no is not null
)

select
    subject_key,
    period_no,
    first(
        case when form_row_id is not null then '非全日制' else coalesce(school_name, level_written) end
        order by form_row_id is null, row_id desc
    ) as observed,
    '全日制' as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        case
            when form_row_id is not null then source_zh || '学习形式为非全日制；'
            else '从名称看不是全日制；'
        end
        || roster_zh(period_no, listed_on, is_applied) || '列有该生'
        || coalesce('（' || school_name || '）', '') || '。'
        order by form_row_id is null, row_id desc
    ) as sentence,
    list_filter(
        cells([cell(row_id, 'school_name'), cell(form_row_id, 'study_form')]),
        lambda one: struct_extract(one, 'row_id') is not null
    ) as evidence,
    no_text() as hold_reason
from judged
where form_row_id is not null or is_by_name
group by subject_key, period_no
