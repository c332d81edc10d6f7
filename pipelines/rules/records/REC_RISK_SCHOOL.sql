/* ---
title      = "因学风险无教育措施"
asks       = "该户因学致贫返贫，落实了什么教育帮扶？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = [
    "monitored_person",
    "monitored_person.household_no",
    "monitored_person.risk_1",
    "monitored_person.education_help|monitored_person.compulsory_help|monitored_person.social_help",
]
answers    = ["已落实，已补登", "尚未落实，已安排", "风险已变化，已更正", "无法联系"]
proof      = "帮扶措施佐证、系统截图"
why        = "风险是因学，就要有教育方面的措施。"
clause     = "监测对象按风险落实帮扶措施"
since      = 2021-09-01
--- */
-- One row = one not eliminated monitored household in scope with the risk 因学, of whom no
-- member has a measure of education; the subject is the head, else the smallest number.
with risky as (
    select distinct
        stated.household_no,
        stated.snapshot_on
    from stg_monitored_person as stated
    where
        contains(
            concat_ws(
                ',', stated.risk_1, stated.risk_2, stated.risk_3, stated.risk_4, stated.risk_5
            ),
            '因学'
        )
),

told as (
    select
        entry.household_no,
        entry.snapshot_on,
        entry.person_key,
        entry.row_id,
        entry.relation,
        entry.register_zh,
        person.person_id,
        status.monitored_category,
        coalesce(status.is_risk_done, status.eliminated_on is not null) as is_risk_done,
        coalesce(stated.education_help, stated.compulsory_help, stated.social_help)
        is not null as is_helped,
        shows(entry.columns, 'education_help')
        and shows(entry.columns, 'compulsory_help')
        and shows(entry.columns, 'social_help') as is_told
    from lnk_entry as entry
    inner join risky
        on
            risky.household_no = entry.household_no
            and risky.snapshot_on = entry.snapshot_on
    inner join lnk_person as person on person.person_key = entry.person_key
    inner join stg_monitored_person as stated on stated.row_id = entry.row_id
    inner join lnk_status as status on status.row_id = entry.row_id
    where entry.is_home_in_scope
)

select
    first(person_key order by relation is distinct from '户主', person_id, person_key)
        as subject_key,
    max(period.period_no) as period_no,
    '因学，无教育措施' as observed,
    '义务教育保障、教育帮扶或社会帮扶' as expected,
    0 as yuan_at_stake,
    max(register_zh) || '该户风险为因学，义务教育保障、教育帮扶、社会帮扶都没有登记。'
        as sentence,
    cells([
        cell(row_id, 'risk_1'), cell(row_id, 'education_help'), cell(row_id, 'social_help'),
    ]) as evidence,
    no_text() as hold_reason
from told
left join lnk_year as period
    on told.snapshot_on between period.starts_on and period.ends_on
group by household_no, snapshot_on
having
    bool_or(monitored_category is not null)
    and not bool_or(is_risk_done)
    and bool_and(is_told)
    and not bool_or(is_helped)
