-- One row per student of the period before and next period: what became of the student,
-- and who is to be asked where nothing tells.
create or replace table out_cohort as
select
    cohort.period_no,
    cohort.previous_no,
    cohort.subject_key,
    subject.subject_id,
    subject.person_key,
    subject.name,
    coalesce(subject.township, '（乡镇待定）') as township,
    subject.village,
    person.household_no,
    person.head_name,
    cohort.school_name,
    cohort.end_year,
    cohort.fate,
    cohort.basis,
    case
        when cohort.fate <> 'unexplained' then null
        when subject.township is null then 'county'
        when subject.village is null then 'township'
        else 'village'
    end as asks,
    finding.finding_nos
from fnd_cohort as cohort
left join lnk_subject as subject on subject.subject_key = cohort.subject_key
left join lnk_person as person on person.person_key = subject.person_key
left join (
    select
        subject_key,
        period,
        string_agg(finding_no, ' ' order by finding_no) as finding_nos
    from fnd_finding
    where state not in ('closed', 'waived')
    group by subject_key, period
) as finding
    on
        finding.subject_key = cohort.subject_key
        and finding.period = cohort.period_no
order by cohort.period_no, township, subject.village nulls last, cohort.subject_key;

-- One row per period and township, and per period for the county: last period's students
-- and where they are.
create or replace table out_cohort_balance as
select
    period_no,
    previous_no,
    coalesce(township, '全县') as township,
    grouping(township) = 1 as is_county,
    count(*) as students,
    count(*) filter (where fate = 'continuing') as continuing,
    count(*) filter (where fate = 'graduated') as graduated,
    count(*) filter (where fate = 'moved_up') as moved_up,
    count(*) filter (where fate = 'on_leave') as on_leave,
    count(*) filter (where fate = 'left') as left_school,
    count(*) filter (where fate = 'army') as army,
    count(*) filter (where fate = 'unexplained') as unexplained
from out_cohort
group by grouping sets ((period_no, previous_no, township), (period_no, previous_no))
order by period_no, is_county, coalesce(township, '全县');

-- One row per child before the exams, of households entitled tonight.
create or replace table out_next as
select
    person.township,
    person.village,
    person.head_name,
    person.household_no,
    person.name,
    person.sex,
    person.person_id,
    next.person_key,
    next.school_state,
    cast(next.exam_year as varchar) || '年6月' || next.exam as exam,
    case
        when next.is_doubtful then '数据在升级宽限期内，可能上一届已毕业，请先核实年级'
        when next.is_past then '考试已过，请核实去向'
    end as remark,
    next.snapshot_on,
    out_row.file || '!' || coalesce(out_row.sheet, '') || '!' || cast(
        out_row.row_no as varchar
    )
        as origin
from fnd_next as next
inner join lnk_person as person on person.person_key = next.person_key
left join out_row on out_row.row_id = next.row_id
order by
    person.township nulls last, person.village nulls last, person.household_no,
    person.name, next.person_key;
