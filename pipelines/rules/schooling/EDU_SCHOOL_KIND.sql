/* ---
title      = "学校类别不符"
asks       = "这所学校是中职、高职还是技工院校？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.school_name|yulu_roster.school_level"]
answers    = ["不是中高职，停发", "学校名称有误，已更正", "办学层次有误，已更正", "确为中高职班"]
money      = ["risk"]
proof      = "学籍证明、录取通知书"
why        = "普通高中、本科和社会培训不在补助范围。"
policy     = "level"
since      = 2021-09-01
--- */
-- One row = one funded student and period, whose school is an ordinary senior school, a
-- training firm or a degree college for 中职, whose school cannot have the level, or
-- whose roster itself names a level that is none of the subsidy's. What the register
-- contradicts too is EDU_NOT_VOC; a part-time school is EDU_NOT_FULLTIME.
with judged as (
    select
        roster.subject_key,
        roster.period_no,
        roster.row_id,
        roster.standard_fen,
        roster.school_name,
        roster.level_written,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        case
            when roster.level_kind = 'not_vocational'
                then '办学层次“' || roster.level_written || '”不是中高职'
            when school.kind = 'senior' then '学校是普通中学'
            when school.kind = 'training' then '学校是社会培训机构'
            when school.kind = 'degree' and roster.level in ('secondary', 'technician')
                then '学校是本科院校，办学层次却是“' || roster.level_written || '”'
            when school.kind = 'secondary' and roster.level = 'higher'
                then '学校是中职学校，办学层次却是“' || roster.level_written || '”'
        end as what
    from lnk_roster_row as roster
    left join lnk_school_name as school on school.written = roster.school_name
    left join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    where
        roster.period_no is not null
        and not coalesce(
            state.is_known and state.school_state is not null and not state.is_vocational,
            false
        )
        and not exists (
            select 1 from ref_study_word as word
            where contains(roster.school_name, word.word)
        )
        -- the old school with the new level: EDU_PROGRESS asks for the new papers
        and not exists (
            select 1
            from ref_period as period
            inner join lnk_roster_row as before
                on
                    before.subject_key = roster.subject_key
                    and before.period_no = period.previous_no
            where
                period.period_no = roster.period_no
                and before.school_name = roster.school_name
                and before.level = 'secondary'
                and roster.level = 'higher'
        )
)

select
    subject_key,
    period_no,
    first(concat_ws('，', school_name, level_written) order by row_id desc) as observed,
    '中职、高职或技工院校' as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        roster_zh || '的学校为' || said(school_name) || '，' || what || '。'
        order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'school_name'), cell(row_id, 'school_level')]) as evidence,
    no_text() as hold_reason
from judged
where what is not null
group by subject_key, period_no
