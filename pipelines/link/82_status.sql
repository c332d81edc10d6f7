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
