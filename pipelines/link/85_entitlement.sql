-- One row per register row: what it says of the household's standing. A row that says
-- nothing takes the word of its household in the same snapshot; a sheet without the
-- column 监测对象类别 leaves open whether the household is monitored; a date that one
-- layout does not have (the monthly list says 已消除, not when) comes from another
-- snapshot of the person, if it lies before this one. `is_telling`: it can decide.
create or replace table lnk_status as
with heading as (
    select
        file,
        coalesce(sheet, '') as sheet,
        bool_or(column_name = 'monitored_category' and fate = 'used') as has_category
    from ing_heading
    where source = 'monitored_person'
    group by all
),

stated as (
    select
        person.row_id,
        register.person_key,
        person.snapshot_on,
        register.is_current,
        person.household_no,
        person.household_type,
        person.monitored_category,
        coalesce(heading.has_category, true) as has_category,
        person.is_policy_off,
        person.is_risk_done,
        person.identified_on,
        person.eliminated_on,
        known.newness,
        person.household_type is not null or person.monitored_category is not null
            as is_told
    from stg_monitored_person as person
    inner join lnk_register as register on register.row_id = person.row_id
    inner join lnk_known as known on known.row_id = person.row_id
    left join heading
        on heading.file = person.file and heading.sheet = coalesce(person.sheet, '')
),

home as (
    select *
    from stated
    where is_told and household_no is not null
    qualify
        row_number() over (
            partition by household_no, snapshot_on order by is_current desc, newness
        ) = 1
),

spoken as (
    select
        stated.row_id,
        stated.person_key,
        stated.snapshot_on,
        stated.is_current,
        stated.newness,
        stated.is_told or home.row_id is not null as is_told,
        case when stated.is_told then stated.household_type else home.household_type end
            as household_type,
        case
            when stated.is_told then stated.monitored_category
            else home.monitored_category
        end as monitored_category,
        case when stated.is_told then stated.has_category else home.has_category end
            as has_category,
        coalesce(
            case when stated.is_told then stated.is_policy_off else home.is_policy_off end,
            false
        ) as is_policy_off,
        case when stated.is_told then stated.is_risk_done else home.is_risk_done end
            as is_risk_done,
        case when stated.is_told then stated.identified_on else home.identified_on end
            as identified_on,
        case when stated.is_told then stated.eliminated_on else home.eliminated_on end
            as eliminated_on
    from stated
    left join home
        on
            home.household_no = stated.household_no
            and home.snapshot_on = stated.snapshot_on
),

dated as (
    select
        spoken.row_id,
        arg_min(
            other.identified_on,
            {
                'days': abs(date_diff('day', spoken.snapshot_on, other.snapshot_on)),
                'day': other.identified_on,
            }
        ) filter (where other.identified_on <= spoken.snapshot_on) as identified_on,
        arg_min(
            other.eliminated_on,
            {
                'days': abs(date_diff('day', spoken.snapshot_on, other.snapshot_on)),
                'day': other.eliminated_on,
            }
        ) filter (where other.eliminated_on <= last_day(spoken.snapshot_on))
            as eliminated_on
    from spoken
    inner join spoken as other
        on
            other.person_key = spoken.person_key
            and other.monitored_category = spoken.monitored_category
            and other.snapshot_on <> spoken.snapshot_on
    where
        spoken.identified_on is null
        or (spoken.is_risk_done and spoken.eliminated_on is null)
    group by spoken.row_id
)

select
    spoken.* exclude (identified_on, eliminated_on),
    coalesce(spoken.identified_on, dated.identified_on) as identified_on,
    coalesce(
        spoken.eliminated_on,
        case when spoken.is_risk_done then dated.eliminated_on end
    ) as eliminated_on,
    spoken.is_told
    and (
        spoken.has_category
        or coalesce(
            spoken.household_type like '脱贫户%' and not spoken.is_policy_off, false
        )
    ) as is_telling
from spoken
left join dated on dated.row_id = spoken.row_id;

-- One row per person and day on which its standing is asked (a period's reference day,
-- or tonight with a null period), with the register row that answers: of those that
-- can, the one that speaks for the period, else the first after it, else the last
-- before it.
create or replace table lnk_asked as
with spoken as (
    select
        speaking.person_key,
        speaking.period_no,
        speaking.snapshot_on
    from lnk_speaking as speaking
),

known_day as (
    select
        status.person_key,
        period.period_no,
        period.reference_on as asked_on,
        status.row_id,
        row_number() over (
            partition by status.person_key, period.period_no
            order by
                -- a layout without 户类型 and 监测对象类别 answers nothing
                status.is_told desc,
                coalesce(spoken.snapshot_on = status.snapshot_on, false) desc,
                status.snapshot_on < period.reference_on,
                case
                    when status.snapshot_on < period.reference_on
                        then date_diff('day', status.snapshot_on, period.reference_on)
                    else date_diff('day', period.reference_on, status.snapshot_on)
                end,
                status.is_current desc,
                status.newness
        ) as turn
    from lnk_status as status
    cross join lnk_period as period
    left join spoken
        on
            spoken.person_key = status.person_key
            and spoken.period_no = period.period_no
)

select
    person_key,
    period_no,
    asked_on,
    row_id
from known_day
where turn = 1

union all

select
    status.person_key,
    null as period_no,
    run.as_of as asked_on,
    status.row_id
from lnk_status as status
cross join run
qualify
    row_number() over (
        partition by status.person_key
        order by
            status.is_telling desc,
            status.snapshot_on desc,
            status.is_current desc,
            status.newness
    ) = 1;

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

-- One row per person whose register entry is asked about singly (spec section 4): on a
-- roster, in vocational school, young in an entitled household, or head of such people.
create or replace table lnk_scope as
with young as (
    select
        person.person_key,
        person.household_no,
        person.snapshot_on
    from lnk_person as person
    inner join lnk_standing_every as now
        on now.person_key = person.person_key and now.period_no is null
    cross join lnk_limit
    cross join run
    where
        person.is_current
        and now.is_entitled
        and age_on(person.birth_on, run.as_of)
        between lnk_limit.scope_age_from and lnk_limit.scope_age_to
),

vocational as (
    select person.person_key
    from lnk_person as person
    inner join lnk_register as register
        on
            register.person_key = person.person_key
            and register.snapshot_on = person.snapshot_on
            and register.is_current
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    inner join ref_school_state as state on state.label = stated.school_state
    where state.is_vocational
),

member as (
    select
        person_key,
        'roster' as why,
        1 as rank
    from lnk_roster
    where person_key is not null

    union

    select
        person_key,
        'vocational' as why,
        2 as rank
    from vocational

    union

    select
        person_key,
        'age' as why,
        3 as rank
    from young
),

head as (
    select distinct
        known.person_key,
        'head' as why,
        4 as rank
    from member
    inner join lnk_person as person on person.person_key = member.person_key
    inner join lnk_known as known
        on
            known.household_no = person.household_no
            and known.snapshot_on = person.snapshot_on
            and known.relation = '户主'
    where person.is_current
)

select
    person_key,
    why
from (
    select * from member
    union all
    select * from head
)
qualify row_number() over (partition by person_key order by rank) = 1;
