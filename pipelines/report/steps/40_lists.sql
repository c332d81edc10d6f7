-- ① One row per member of an entitled household in vocational education and period,
-- funded or not (domain section 2.3).
create or replace table out_list_enrolled as
with registered as (
    select
        speaking.person_key,
        speaking.period_no,
        speaking.snapshot_on,
        register.school_state
    from lnk_speaking as speaking
    inner join stg_monitored_person as register on speaking.row_id = register.row_id
    inner join ref_school_state as state on register.school_state = state.label
    where state.is_vocational
),

rostered as (
    select
        person_key,
        period_no,
        arg_min(school_name, row_id) as school_name,
        arg_min(school_level, row_id) as school_level,
        arg_min(major, row_id) as major,
        bool_or(not is_applied) as is_funded
    from out_funded
    where person_key is not null
    group by person_key, period_no
),

enrolled as (
    select
        coalesce(registered.person_key, rostered.person_key) as person_key,
        coalesce(registered.period_no, rostered.period_no) as period_no,
        registered.snapshot_on,
        registered.school_state,
        rostered.school_name,
        rostered.school_level,
        rostered.major,
        case
            when rostered.is_funded then '已列入资助名册'
            when not rostered.is_funded then '申报审核中'
            when listed.period_no is null then '该学年尚无名册'
            else '未列入名册'
        end as funding,
        case
            when registered.person_key is not null and rostered.person_key is not null
                then '监测系统、雨露名册'
            when registered.person_key is not null then '监测系统'
            else '雨露名册'
        end as basis
    from registered
    full outer join rostered
        on
            registered.person_key = rostered.person_key
            and registered.period_no = rostered.period_no
    left join (select distinct period_no from out_funded) as listed
        on registered.period_no = listed.period_no
)

select
    enrolled.period_no as period,
    person.township,
    person.village,
    person.household_no,
    person.head_name,
    enrolled.person_key,
    person.person_id,
    person.name,
    person.sex,
    enrolled.school_state,
    enrolled.school_level,
    enrolled.school_name,
    enrolled.major,
    enrolled.funding,
    enrolled.basis,
    enrolled.snapshot_on
from enrolled
inner join lnk_person as person on enrolled.person_key = person.person_key
inner join lnk_entitlement as entitlement
    on
        enrolled.person_key = entitlement.person_key
        and enrolled.period_no = entitlement.period_no
where entitlement.is_entitled
order by
    period, person.township, person.village, person.household_no,
    person.name, enrolled.person_key;

-- ② One row per person and period: funded, programme not ended, not departed, as of tonight.
-- ③ takes the others, so that ② and ③ together are everybody ever funded.
create or replace table out_standing as
with departed as (
    select
        departure.person_key,
        min(departure.departed_on) as departed_on,
        arg_min(departure.reason, departure.departed_on) as reason
    from lnk_departure as departure
    inner join run on departure.departed_on <= run.as_of
    where departure.person_key is not null
    group by departure.person_key
)

select
    funded.*,
    departed.departed_on,
    departed.reason as departure_reason,
    case
        when departed.departed_on is not null then 'departed'
        when funded.ends_on <= run.as_of then 'ended'
        when funded.ends_on is null then 'unknown'
        else 'studying'
    end as standing_now
from out_funded as funded
cross join run
left join departed on funded.person_key = departed.person_key
where not funded.is_applied;

create or replace table out_list_students as
select
    period_no as period,
    township,
    village,
    household_no,
    head_name,
    subject_key,
    person_key,
    subject_id as person_id,
    name,
    sex,
    school_level,
    school_name,
    major,
    programme_years,
    entry_on,
    ends_on as graduation_on,
    sum(amount_fen) over (partition by subject_key, period_no)::bigint as amount_fen,
    tier,
    case when standing_now = 'unknown' then '毕业时间未填，请核实是否仍在读' end as remark
from out_standing
where standing_now in ('studying', 'unknown')
qualify row_number() over (partition by subject_key, period_no order by row_id) = 1
order by period, township, village, household_no, name, subject_key;

-- ③ One row per person and programme that has ended; destinations come with a later source.
create or replace table out_list_graduates as
select
    township,
    village,
    household_no,
    head_name,
    subject_key,
    person_key,
    subject_id as person_id,
    name,
    sex,
    school_level,
    school_name,
    major,
    entry_on,
    ends_on as graduation_on,
    count(distinct period_no) over programme as funded_periods,
    first_value(period_no) over (programme order by period_no, row_id) as first_period,
    last_value(period_no) over (
        programme
        order by period_no, row_id
        rows between unbounded preceding and unbounded following
    ) as last_period,
    sum(amount_fen) over programme::bigint as amount_fen,
    '待核实' as destination,
    null::varchar as employer,
    null::date as destination_on
from out_standing
where standing_now = 'ended'
window programme as (partition by subject_key, programme_key)
qualify
    row_number() over (
        partition by subject_key, programme_key order by period_no desc, row_id
    ) = 1
order by graduation_on, township, village, household_no, name, subject_key;

-- 就业情况清单: one row per graduate and job; no job export is read yet.
create or replace table out_list_employment as
select
    null::varchar as township,
    null::varchar as village,
    null::varchar as subject_key,
    null::varchar as person_key,
    null::varchar as person_id,
    null::varchar as name,
    null::date as graduation_on,
    null::varchar as destination,
    null::varchar as employer,
    null::varchar as place,
    null::date as started_on,
    null::date as ended_on,
    null::bigint as monthly_income_fen,
    null::varchar as change_since_last
where false;
