-- One row per row of an export: its address, as the last column of the lists says it.
create or replace macro out_address(file, sheet, row_no) as (
    file || '!' || coalesce(sheet, '') || '!' || row_no::varchar
);

-- ① One row per member of an entitled household in vocational education and period,
-- funded or not (domain section 2.3).
create or replace table out_list_enrolled as
with registered as (
    select
        speaking.person_key,
        speaking.period_no,
        speaking.snapshot_on,
        register.school_state,
        out_address(register.file, register.sheet, register.row_no) as origin
    from lnk_speaking as speaking
    inner join stg_monitored_person as register on speaking.row_id = register.row_id
    inner join ref_school_state as state on register.school_state = state.label
    where state.is_vocational
),

rostered as (
    select
        person_key,
        period_no,
        arg_min(funded.school_name, funded.row_id) as school_name,
        arg_min(funded.school_level, funded.row_id) as school_level,
        arg_min(funded.major, funded.row_id) as major,
        bool_or(not is_applied) as is_funded,
        string_agg(
            out_address(out_row.file, out_row.sheet, out_row.row_no), '；'
            order by funded.row_id
        ) as origin
    from out_funded as funded
    inner join out_row on funded.row_id = out_row.row_id
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
        end as basis,
        concat_ws('；', registered.origin, rostered.origin) as origin
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
    enrolled.snapshot_on,
    enrolled.origin
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
    out_address(out_row.file, out_row.sheet, out_row.row_no) as origin,
    departed.departed_on,
    departed.reason as departure_reason,
    case
        when departed.departed_on is not null then 'departed'
        when funded.ends_on <= run.as_of then 'ended'
        when funded.ends_on is null then 'unknown'
        else 'studying'
    end as standing_now
from out_funded as funded
inner join out_row on funded.row_id = out_row.row_id
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
    case when standing_now = 'unknown' then '毕业时间未填，请核实是否仍在读' end as remark,
    origin
from out_standing
where standing_now in ('studying', 'unknown')
qualify row_number() over (partition by subject_key, period_no order by row_id) = 1
order by period, township, village, household_no, name, subject_key;

-- ③ One row per person and programme that has ended, and what became of the graduate:
-- the newest destination list first, else an open job of the monitoring system.
create or replace table out_list_graduates as
with working as (
    select
        job.subject_key,
        arg_max(job.employer, job.row_id) as employer,
        max(job.started_on) as started_on,
        min(job.snapshot_on) as snapshot_on,
        arg_max(out_address(out_row.file, out_row.sheet, out_row.row_no), job.row_id) as origin
    from lnk_job as job
    inner join out_row on job.row_id = out_row.row_id
    where job.is_open
    group by job.subject_key
),

programme as (
    select
        *,
        count(distinct period_no) over one as funded_periods,
        first_value(period_no) over (one order by period_no, row_id) as first_period,
        last_value(period_no) over (
            one
            order by period_no, row_id
            rows between unbounded preceding and unbounded following
        ) as last_period,
        sum(amount_fen) over one::bigint as programme_fen,
        -- a destination is said of the person: it belongs to the last programme
        row_number() over (
            partition by subject_key order by ends_on desc, period_no desc, row_id
        ) = 1 as is_last
    from out_standing
    where standing_now = 'ended'
    window one as (partition by subject_key, programme_key)
    qualify
        row_number() over (
            partition by subject_key, programme_key order by period_no desc, row_id
        ) = 1
)

select
    programme.township,
    programme.village,
    programme.household_no,
    programme.head_name,
    programme.subject_key,
    programme.person_key,
    programme.subject_id as person_id,
    programme.name,
    programme.sex,
    programme.school_level,
    programme.school_name,
    programme.major,
    programme.entry_on,
    programme.ends_on as graduation_on,
    programme.funded_periods,
    programme.first_period,
    programme.last_period,
    programme.programme_fen as amount_fen,
    case
        when not programme.is_last then '此后另有学业'
        when graduate.destination is not null then graduate.destination
        when working.subject_key is not null then '已务工（务工信息）'
        else '待核实'
    end as destination,
    case
        when programme.is_last
            then coalesce(graduate.employer, graduate.study_school, working.employer)
    end as employer,
    case
        when programme.is_last
            then coalesce(graduate.job_started_on, graduate.reported_on, working.started_on)
    end as destination_on,
    case
        when not programme.is_last then null
        when graduate.destination is not null then graduate.source_zh
        when working.subject_key is not null then '务工信息（' || day_zh(working.snapshot_on) || '导出）'
    end as destination_basis,
    concat_ws(
        '；',
        programme.origin,
        case
            when programme.is_last and graduate.destination is not null
                then out_address(listed.file, listed.sheet, listed.row_no)
            when programme.is_last then working.origin
        end
    ) as origin
from programme
left join lnk_graduate as graduate on programme.subject_key = graduate.subject_key
left join out_row as listed on graduate.row_id = listed.row_id
left join working on programme.subject_key = working.subject_key
order by
    programme.ends_on, programme.township, programme.village, programme.household_no,
    programme.name, programme.subject_key;

-- One row per current job of a funded graduate, and per destination that names an employer
-- where no job is recorded; what changed since the export before this one.
create or replace table out_list_employment as
with graduate as (
    select distinct on (subject_key)
        subject_key,
        person_key,
        person_id,
        township,
        village,
        name,
        graduation_on,
        destination,
        employer,
        destination_on,
        destination_basis,
        origin
    from out_list_graduates
    order by subject_key, graduation_on desc, origin
),

-- every job of every export, with the export before the current one of that township
job as (
    select
        link.subject_key,
        stated.row_id,
        stated.started_on,
        stated.ended_on,
        stated.employer,
        stated.work_place,
        stated.wage_fen,
        stated.snapshot_on,
        stated.township_key,
        coalesce(stated.is_current, true) as is_current,
        coalesce(stated.employer, '') || '|' || coalesce(stated.started_on::varchar, '') as job_key
    from stg_monitored_job as stated
    inner join lnk_list as link
        on link.row_id = stated.row_id and link.source = 'monitored_job'
    where
        link.subject_key in (select subject_key from graduate)
        and not coalesce(stated.is_internship, false)
        and coalesce(stated.is_working, true)
),

older as (
    select
        township_key,
        max(snapshot_on) as snapshot_on
    from stg_monitored_job
    where not coalesce(is_current, true)
    group by township_key
),

earlier as (
    select job.*
    from job
    inner join older
        on
            job.township_key is not distinct from older.township_key
            and job.snapshot_on = older.snapshot_on
    where not job.is_current
),

earlier_job as (
    select
        subject_key,
        job_key,
        min(ended_on) as ended_on,
        min(wage_fen) as wage_fen
    from earlier
    group by subject_key, job_key
),

earlier_person as (
    select
        subject_key,
        count(*) filter (where ended_on is null) as open_jobs
    from earlier
    group by subject_key
),

job_now as (
    select
        job.*,
        case
            when older.snapshot_on is null then null
            when same.job_key is null and coalesce(was.open_jobs, 0) > 0 then '更换单位'
            when same.job_key is null then '新增'
            when same.ended_on is null and job.ended_on is not null then '已结束'
            when same.ended_on is not null and job.ended_on is null then '重新开始'
            when coalesce(same.wage_fen, 0) <> coalesce(job.wage_fen, 0) then '收入有变化'
            else '无变化'
        end as change_since_last
    from job
    left join older on job.township_key is not distinct from older.township_key
    left join earlier_person as was on job.subject_key = was.subject_key
    left join earlier_job as same
        on job.subject_key = same.subject_key and job.job_key = same.job_key
    where job.is_current
),

gone as (
    select earlier.*
    from earlier
    where
        earlier.ended_on is null
        and earlier.subject_key not in (select subject_key from job_now)
),

jobs as (
    select
        subject_key,
        row_id,
        employer,
        work_place,
        started_on,
        ended_on,
        wage_fen,
        change_since_last
    from job_now
    union all
    select
        subject_key,
        row_id,
        employer,
        work_place,
        started_on,
        ended_on,
        wage_fen,
        '上期在岗，本期没有记录'
    from gone
)

select
    graduate.township,
    graduate.village,
    graduate.subject_key,
    graduate.person_key,
    graduate.person_id,
    graduate.name,
    graduate.graduation_on,
    graduate.destination,
    jobs.employer,
    jobs.work_place as place,
    jobs.started_on,
    jobs.ended_on,
    jobs.wage_fen as monthly_income_fen,
    jobs.change_since_last,
    out_address(out_row.file, out_row.sheet, out_row.row_no) as origin
from graduate
inner join jobs on graduate.subject_key = jobs.subject_key
inner join out_row on jobs.row_id = out_row.row_id

union all

select
    graduate.township,
    graduate.village,
    graduate.subject_key,
    graduate.person_key,
    graduate.person_id,
    graduate.name,
    graduate.graduation_on,
    graduate.destination,
    listed.employer,
    stated.work_place,
    listed.job_started_on,
    null,
    listed.wage_fen,
    null,
    out_address(out_row.file, out_row.sheet, out_row.row_no)
from graduate
inner join lnk_graduate as listed on graduate.subject_key = listed.subject_key
inner join stg_graduate_destination as stated on listed.row_id = stated.row_id
inner join out_row on listed.row_id = out_row.row_id
where
    listed.employer is not null
    and graduate.subject_key not in (select subject_key from jobs)
order by township, village, name, subject_key, started_on, origin;
