/* ---
title      = "非新成长劳动力"
asks       = "名册上的是不是真的在校生？（高职扩招、成人学生请注明）"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "monitored_person.relation|monitored_person.birth_on|monitored_person.id_number",
]
answers    = ["是在校生（高职扩招）", "不是在校生，停发", "与户主关系有误，已更正", "号码或姓名录错，已更正", "无法联系"]
money      = ["risk"]
proof      = "学籍证明或在校证明、身份证"
why        = "补助给家庭里新成长的劳动力；户主、配偶、长辈或年龄偏大的，多半是填错了人。"
clause     = "国开办发〔2015〕19号：补助对象为家庭的新成长劳动力"
since      = 2021-09-01
--- */
-- One row = one funded person and period, whom the register calls head, spouse or elder,
-- or who is past the age on the reference day. One name or number on two people is told
-- by IDN_SAME_ID_2NAMES.
with limits as (
    select max(value) filter (where name = 'role_age') as role_age
    from ref_limit
),

compared as (
    select
        roster.subject_key,
        roster.row_id,
        roster.period_no,
        roster.reference_on,
        roster.standard_fen,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
        stated.row_id as register_row_id,
        stated.relation,
        register_zh(stated.snapshot_on) as register_zh,
        role.relation is not null as is_elder,
        age_on(
            coalesce(
                case
                    when is_usable(stated.id_number_form, stated.id_number_pid, run.as_of)
                        then id_birth(stated.id_number_pid)
                end,
                stated.birth_on
            ),
            roster.reference_on
        ) as age,
        limits.role_age
    from lnk_roster_row as roster
    cross join run
    cross join limits
    inner join lnk_person as person on person.person_key = roster.person_key
    left join lnk_speaking as speaking
        on
            speaking.person_key = roster.person_key
            and speaking.period_no = roster.period_no
    inner join stg_monitored_person as stated
        on stated.row_id = coalesce(speaking.row_id, person.row_id)
    left join ref_role as role on role.relation = stated.relation
    where
        roster.period_no is not null
        and not (
            roster.tier in ('id', 'id15', 'student_no')
            and coalesce(roster.name_key <> stated.name_key, false)
        )
)

select
    subject_key,
    period_no,
    first(
        case
            when is_elder then relation
            else cast(age as varchar) || '周岁'
        end
        order by row_id desc
    ) as observed,
    first('子女辈、不满' || cast(cast(role_age as integer) as varchar) || '周岁' order by row_id)
        as expected,
    whole_yuan(min(standard_fen)) as yuan_at_stake,
    first(
        register_zh || '该人与户主关系为' || said(relation)
        || coalesce('，' || day_zh(reference_on) || '满' || cast(age as varchar) || '周岁', '')
        || '；' || roster_zh || '列为学生。'
        order by row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'id_number'), cell(register_row_id, 'relation'),
        cell(register_row_id, 'id_number'),
    ]) as evidence,
    no_text() as hold_reason
from compared
where is_elder or age >= role_age
group by subject_key, period_no
