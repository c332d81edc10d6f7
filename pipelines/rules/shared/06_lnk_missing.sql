-- One row = one entitled person of whom the rosters of a period say nothing, though
-- there is a roster of that period.
with listed_period as (
    -- a year without any roster is not applicable, not empty (ruling 2)
    select
        period_no,
        max(listed_on) as listed_on,
        bool_and(is_applied) as is_applied
    from lnk_roster_row
    group by period_no
),

listed as (
    select distinct
        person_key,
        period_no
    from lnk_roster
    where person_key is not null

    union

    select distinct
        subject_key as person_key,
        period_no
    from lnk_paid
    where is_success
),

maybe as (
    select distinct
        candidate.person_key,
        link.period_no
    from lnk_candidate as candidate
    inner join lnk_roster as link on link.row_id = candidate.roster_row_id
    where link.tier = 'ambiguous'
),

gone as (
    -- an undated departure may lie before the reference day: nobody is sent to a door
    select
        person_key,
        min(coalesce(departed_on, date '1900-01-01')) as departed_on
    from lnk_departure
    group by person_key
)

select
    standing.person_key,
    standing.period_no,
    standing.reference_on,
    standing.household_zh,
    standing.row_id as household_row_id,
    standing.snapshot_on as household_on,
    listed_period.listed_on,
    roster_zh(
        standing.period_no, listed_period.listed_on, listed_period.is_applied
    ) as roster_zh,
    gone.departed_on,
    case
        when maybe.person_key is not null then '名册中有一行可能就是该生，尚未确认'
    end as hold_reason
from lnk_standing as standing
inner join listed_period on listed_period.period_no = standing.period_no
left join listed
    on
        listed.person_key = standing.person_key
        and listed.period_no = standing.period_no
left join maybe
    on maybe.person_key = standing.person_key and maybe.period_no = standing.period_no
left join gone on gone.person_key = standing.person_key
where
    standing.is_entitled
    and listed.person_key is null
    and (gone.departed_on is null or gone.departed_on >= standing.reference_on)
