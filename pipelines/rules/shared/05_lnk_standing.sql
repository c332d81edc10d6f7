-- One row = whether a person's household is entitled on a period's reference day, and
-- the register row that says so.
select
    entitlement.person_key,
    entitlement.period_no,
    entitlement.is_entitled,
    entitlement.why,
    entitlement.row_id,
    entitlement.identified_on,
    entitlement.eliminated_on,
    person.snapshot_on,
    -- a row that says nothing takes the word of its household
    status.household_type,
    status.monitored_category,
    period.reference_on,
    policy.risk_mode,
    case
        when status.household_type like '脱贫户%' then '户类型' || said(status.household_type)
        else '监测对象类别' || said(status.monitored_category)
    end as household_zh
from lnk_entitlement as entitlement
inner join stg_monitored_person as person on person.row_id = entitlement.row_id
inner join lnk_status as status on status.row_id = entitlement.row_id
inner join ref_period as period on period.period_no = entitlement.period_no
left join ref_policy as policy on policy.period_no = entitlement.period_no
