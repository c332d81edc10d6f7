/* ---
title      = "风险消除回退"
asks       = "该户风险消除后又恢复监测，补助资格从何时起恢复？"
severity   = "B"
owner      = "county"
subject    = "person"
population = "scope"
needs      = [
    "monitored_person",
    "monitored_person.is_risk_done|monitored_person.eliminated_on",
]
answers    = ["属实，资格恢复", "录错，已更正"]
proof      = "风险消除回退审批表"
why        = "回退后家庭又是监测对象，孩子的补助资格随之恢复。"
clause     = "监测对象风险反弹可按程序恢复监测"
since      = 2021-09-01
--- */
-- One row = one household whose risk the last snapshot had as eliminated and the current
-- one has not; the subject is the head, else the member with the smallest number.
with flipped as (
    select
        now.*,
        person.person_id,
        before.eliminated_on,
        status.monitored_category
    from lnk_now as now
    inner join lnk_person as person on person.person_key = now.person_key
    inner join lnk_status as status on status.row_id = now.row_id
    inner join lnk_status as before on before.row_id = now.last_row_id
    where
        status.monitored_category is not null
        -- 否 in so many words: a layout without the column says nothing
        and not status.is_risk_done
        and coalesce(before.is_risk_done, before.eliminated_on is not null)
        and (
            now.household_no is null
            or now.last_household_no is null
            or now.household_no = now.last_household_no
        )
)

select
    first(person_key order by relation is distinct from '户主', person_id, person_key)
        as subject_key,
    no_text() as period_no,
    '风险未消除' as observed,
    coalesce(strftime(max(eliminated_on), '%Y-%m-%d') || '已消除', '风险已消除')
        as expected,
    0 as yuan_at_stake,
    register_zh(max(last_on)) || '该户风险已消除'
    || coalesce('（' || strftime(max(eliminated_on), '%Y-%m-%d') || '）', '') || '，'
    || register_zh(max(snapshot_on)) || '为未消除（' || max(monitored_category) || '）。'
        as sentence,
    cells([
        cell(row_id, 'is_risk_done'), cell(last_row_id, 'is_risk_done'),
        cell(last_row_id, 'eliminated_on'),
    ]) as evidence,
    no_text() as hold_reason
from flipped
group by coalesce(household_no, person_key)
