/* ---
title      = "一户多配偶"
asks       = "户主的配偶是谁？性别、关系有误吗？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.household_no", "monitored_person.relation"]
answers    = ["关系已更正", "性别已更正", "号码有误，已更正", "无法联系"]
proof      = "户口簿全户页、结婚证"
why        = "两个配偶或配偶与户主同性别，必有一项录错。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one household in scope with two spouses, or with a head and a spouse of the
-- same sex by their good numbers (else as stated); the subject is the spouse with the
-- smallest number. A sex that contradicts the number is IDN_SEX.
with sexed as (
    select
        entry.*,
        person.person_id,
        case when entry.is_number_good then id_sex(entry.pid) else entry.sex end as true_sex
    from lnk_entry as entry
    inner join lnk_person as person on person.person_key = entry.person_key
    where entry.is_home_in_scope and entry.relation in ('户主', '配偶')
),

counted as (
    select
        household_no,
        snapshot_on,
        count(distinct person_key) filter (where relation = '配偶') as spouses,
        count(distinct person_key) filter (where relation = '户主') as heads,
        count(distinct true_sex) as sexes,
        bool_and(true_sex is not null) as is_sex_known,
        first(person_key order by relation <> '配偶', person_id, person_key) as subject_key,
        max(register_zh) as register_zh,
        string_agg(
            distinct name, '、' order by name
        ) filter (where relation = '配偶') as names,
        max(true_sex) as true_sex,
        cells([cell(row_id, 'relation'), cell(row_id, 'sex')]) as evidence
    from sexed
    group by household_no, snapshot_on
)

select
    subject_key,
    no_text() as period_no,
    case
        when spouses > 1 then cast(spouses as varchar) || '个配偶'
        else '户主与配偶同为' || true_sex
    end as observed,
    case when spouses > 1 then '至多1个配偶' else '户主与配偶性别不同' end as expected,
    0 as yuan_at_stake,
    register_zh || case
        when spouses > 1
            then '中该户有' || cast(spouses as varchar) || '个配偶（' || names || '），应当至多1个。'
        else '中该户户主与配偶（' || names || '）同为“' || true_sex || '”。'
    end as sentence,
    evidence,
    no_text() as hold_reason
from counted
where spouses > 1 or (spouses = 1 and heads = 1 and is_sex_known and sexes = 1)
