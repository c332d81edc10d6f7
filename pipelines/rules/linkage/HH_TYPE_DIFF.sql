/* ---
title      = "户类型不一致"
asks       = "该户是脱贫户还是监测户？两个系统应当一致。"
severity   = "B"
owner      = "county"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "yulu_roster.household_type",
    "monitored_person.household_type",
    "monitored_person.monitored_category",
]
answers    = ["名册户类型已更正", "监测系统户类型已更正", "户类型有变化，有文件"]
proof      = "户类型认定文件或系统截图"
why        = "按哪一类家庭享受，决定风险消除后还能不能享受。"
clause     = "补助对象为脱贫户和监测对象家庭"
since      = 2021-09-01
--- */
-- One row = one student of an entitled household, whose kind the two systems tell apart.
-- A household that is not entitled is an ELG_* finding already.
with folded as (
    select
        *,
        regexp_matches(household_type, '脱贫|贫困|建档立卡') as says_exit,
        regexp_matches(household_type, '监测|边缘|突发|不稳定|严重困难') as says_monitored,
        regexp_matches(household_type, '一般农户|普通农户|非脱贫') as says_ordinary,
        coalesce(register_type like '脱贫户%', false) as is_exit,
        register_category is not null as is_monitored
    from lnk_compared
    where
        household_type is not null
        and is_entitled
        and (register_type is not null or register_category is not null)
)

select
    subject_key,
    no_text() as period_no,
    first(household_type order by period_no desc, row_id desc) as observed,
    first(
        coalesce(register_type, '') || coalesce('，' || register_category, '')
        order by period_no desc, row_id desc
    ) as expected,
    0 as yuan_at_stake,
    first(
        register_zh || '户类型为' || said(register_type) || '、监测对象类别为'
        || said(register_category) || '，' || roster_zh || '户类型为' || said(household_type)
        || '。'
        order by period_no desc, row_id desc
    ) as sentence,
    cells([
        cell(row_id, 'household_type'), cell(register_row_id, 'household_type'),
        cell(register_row_id, 'monitored_category'),
    ]) as evidence,
    no_text() as hold_reason
from folded
where
    case
        when says_ordinary then is_exit or is_monitored
        when says_monitored and says_exit then not (is_exit or is_monitored)
        when says_monitored then not is_monitored
        when says_exit then not is_exit
        else false
    end
group by subject_key
