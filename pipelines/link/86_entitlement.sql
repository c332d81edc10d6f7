-- One row per person and asked day: entitled or not, null when the register leaves it
-- open (spec section 4: 脱贫户 of any sub-type and not marked 不享受政策; else category
-- given, identified by then, and the risk not eliminated by then). Null period: tonight.
create or replace table lnk_standing_every as
with earlier as (
    select distinct
        roster.person_key,
        later.period_no
    from lnk_roster as roster
    inner join ref_period as listed on listed.period_no = roster.period_no
    inner join lnk_period as later on later.starts_on > listed.starts_on
    where roster.person_key is not null
),

judged as (
    select
        asked.person_key,
        asked.period_no,
        asked.asked_on,
        asked.row_id,
        status.identified_on,
        status.eliminated_on,
        status.is_policy_off,
        status.household_type like '脱贫户%' as is_exit,
        case
            when status.monitored_category is not null then true
            when status.has_category then false
        end as is_monitored,
        status.identified_on <= asked.asked_on as is_identified,
        case
            when ref_policy.risk_mode = 'ignore' then false
            -- no new application after elimination, but who was funded goes on
            when ref_policy.risk_mode = 'new_only' and earlier.person_key is not null
                then false
            when
                status.eliminated_on <= asked.asked_on
                and coalesce(status.is_risk_done, true)
                then true
            when status.is_risk_done and status.eliminated_on is null then null
            else false
        end as is_done
    from lnk_asked as asked
    inner join lnk_status as status on status.row_id = asked.row_id
    cross join ref_policy
    left join earlier
        on
            earlier.person_key = asked.person_key
            and earlier.period_no = asked.period_no
),

-- null stays null: three-valued on purpose
decided as (
    select
        *,
        (is_exit and not is_policy_off)
        or (is_monitored and is_identified and not is_done) as is_entitled
    from judged
)

select
    person_key,
    period_no,
    asked_on,
    is_entitled,
    case
        when is_entitled then 'entitled'
        when is_entitled is null then 'unknown'
        when is_exit and is_policy_off then 'no_policy'
        when is_monitored and is_done then 'risk_done'
        when is_monitored and not is_identified then 'late_found'
        else 'not_eligible'
    end as why,
    row_id,
    identified_on,
    eliminated_on
from decided;

-- One row per person of the register and period: entitled on its reference day?
create or replace table lnk_entitlement as
select
    person_key,
    period_no,
    is_entitled,
    why,
    row_id,
    identified_on,
    eliminated_on
from lnk_standing_every
where period_no is not null;
