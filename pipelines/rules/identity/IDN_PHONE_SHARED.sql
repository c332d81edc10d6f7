/* ---
title      = "电话多户共用"
asks       = "几户登记了同一个电话，各户自己的电话是多少？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = [
    "monitored_person",
    "monitored_person.phone|monitored_person.household_phone",
    "monitored_person.household_no",
]
answers    = ["已登记各户电话", "是亲属，确实共用", "没有电话", "无法联系"]
proof      = "当场拨通"
why        = "用村干部的电话代填，通知到不了户。"
clause     = "数据质量要求：一户一个有效电话"
since      = 2021-09-01
--- */
-- One row = one phone number in three or more households of the current register; the
-- subject is the person in scope with the smallest number among them.
with used as (
    select
        coalesce(stated.phone, stated.household_phone) as phone,
        stated.household_no,
        min(stated.row_id) as row_id,
        min(case when stated.phone is null then 'household_phone' else 'phone' end)
            as field
    from lnk_register as register
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    where
        register.is_current
        and stated.household_no is not null
        and regexp_full_match(
            coalesce(stated.phone, stated.household_phone), '1[3-9][0-9]{9}'
        )
    group by coalesce(stated.phone, stated.household_phone), stated.household_no
),

shared_phone as (
    select
        used.phone,
        count(*) as households,
        list_sort(list(cell(used.row_id, used.field)))[1:20] as evidence
    from used
    group by used.phone
    having
        count(*) >= (
            select max(value) filter (where name = 'phone_households') from ref_limit
        )
),

asked as (
    select
        entry.phone,
        entry.person_key,
        entry.register_zh,
        person.person_id
    from lnk_entry as entry
    inner join lnk_person as person on person.person_key = entry.person_key
    where entry.is_in_scope
),

chosen as (
    select
        shared_phone.*,
        asked.person_key,
        asked.register_zh
    from shared_phone
    inner join asked on asked.phone = shared_phone.phone
    qualify
        row_number() over (
            partition by shared_phone.phone order by asked.person_id, asked.person_key
        ) = 1
)

select
    person_key as subject_key,
    no_text() as period_no,
    cast(sum(households) as varchar) || '户' as observed,
    '各户自己的电话' as expected,
    0 as yuan_at_stake,
    first(register_zh order by phone) || '中' || string_agg(
        '电话' || mask_phone(phone) || '登记在' || cast(households as varchar) || '户名下',
        '；'
        order by phone
    ) || '，应登记各户自己的电话。' as sentence,
    list_sort(list_distinct(flatten(list(evidence)))) as evidence,
    no_text() as hold_reason
from chosen
group by person_key
