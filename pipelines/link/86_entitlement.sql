-- One row per person and asked day: entitled or not, null when the register leaves it
-- open (spec section 4: 脱贫户 of any sub-type and not marked 不享受政策; else category
-- given, identified by then, and the risk not eliminated by then). Null period: tonight.
-- A province that does not say what becomes of eliminated households, or which day is
-- the reference day, leaves open what turns on it.
create or replace table lnk_standing_every as
with funded as (
    select
        person_key,
        period_no
    from lnk_roster
    where person_key is not null and not coalesce(is_applied, false)

    union

    select
        link.subject_key as person_key,
        link.period_no
    from lnk_payment as link
    inner join stg_yulu_payment as payment on payment.row_id = link.row_id
    where
        coalesce(payment.is_yulu, true)
        and coalesce(payment.payment_status, '成功') = '成功'
),

-- the first period for which somebody was funded, and for which anybody was listed
earlier as (
    select
        funded.person_key,
        min(period.starts_on) as funded_from
    from funded
    inner join ref_period as period on period.period_no = funded.period_no
    group by funded.person_key
),

listed as (
    select min(period.starts_on) as listed_from
    from lnk_roster as roster
    inner join ref_period as period on period.period_no = roster.period_no
),

asked as (
    select
        asked.*,
        policy.risk_mode,
        -- the last day that the reference day may be
        case
            when policy.is_reference_decided then asked.asked_on
            else period.ends_on
        end as latest_on
    from lnk_asked as asked
    inner join ref_policy as policy
        on policy.period_no is not distinct from asked.period_no
    left join ref_period as period on period.period_no = asked.period_no
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
        case
            when status.identified_on <= asked.asked_on then true
            when status.identified_on > asked.latest_on then false
        end as is_identified,
        case
            when asked.risk_mode = 'ignore' then false
            when
                status.eliminated_on <= asked.asked_on
                and coalesce(status.is_risk_done, true)
                then
                    case asked.risk_mode
                        when 'term_start' then true
                        -- no new application after elimination, but who was funded
                        -- before goes on; without a roster from before nobody knows
                        when 'new_only'
                            then
                                case
                                    when earlier.funded_from <= status.eliminated_on
                                        then false
                                    when listed.listed_from <= status.eliminated_on
                                        then true
                                end
                    end
            when status.is_risk_done and status.eliminated_on is null then null
            when
                status.eliminated_on <= asked.latest_on
                and coalesce(status.is_risk_done, true)
                and coalesce(earlier.funded_from > status.eliminated_on, true)
                then null
            else false
        end as is_done
    from asked
    cross join listed
    inner join lnk_status as status on status.row_id = asked.row_id
    left join earlier on earlier.person_key = asked.person_key
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
