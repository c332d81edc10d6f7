/* ---
title      = "人员消失"
asks       = "该人是去世、婚嫁、迁出还是并户？请补登自然减少。"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person"]
absence_of = "monitored_person"
seen_in    = ["monitored_person", "member_departure"]
answers    = ["去世，已补登", "婚嫁或迁出，已补登", "误删，已恢复", "并入另一户", "无法联系"]
proof      = "注销、迁移证明或户口簿"
why        = "上期有、本期没有，又没有减少登记，可能是误删。"
clause     = "人员自然减少须登记原因和时间"
since      = 2021-09-01
--- */
-- One row = one person of the last snapshot of the township who is in no current one and
-- on no list of departures. Who was missing before stays so (ruling 9).
with gone as (
    select
        person.person_key,
        person.row_id,
        person.snapshot_on,
        person.name,
        town.now_on
    from lnk_person as person
    inner join (
        select
            township_key,
            max(last_on) as last_on,
            max(now_on) as now_on
        from lnk_last
        group by township_key
    ) as town
        on town.township_key = person.township_key
    left join his_finding as known
        on
            known.rule_code = 'CHG_GONE'
            and known.subject_key = person.person_key
            and known.state <> 'closed'
    where
        person.in_register
        and not person.is_current
        and (person.snapshot_on = town.last_on or known.rule_code is not null)
)

select
    gone.person_key as subject_key,
    no_text() as period_no,
    '本期没有该人' as observed,
    day_zh(gone.snapshot_on) || '导出有该人' as expected,
    0 as yuan_at_stake,
    register_zh(gone.snapshot_on) || '有该人，' || register_zh(gone.now_on)
    || '没有，自然减少名单也没有登记。' as sentence,
    [cell(gone.row_id, 'id_number')] as evidence,
    no_text() as hold_reason
from gone
where
    not exists (
        select 1 from lnk_register as register
        where
            register.person_key = gone.person_key
            and register.is_current
            -- an older list without townships is never superseded
            and register.snapshot_on > gone.snapshot_on
    )
    and not exists (
        select 1 from lnk_departure as departure
        where departure.person_key = gone.person_key
    )
