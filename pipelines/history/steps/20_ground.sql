-- What each finding rests on, so that a later night can tell a fix from a missing file.

-- One row per source, period and subject that tonight's exports speak of.
create or replace temp table his_present as
select distinct
    'monitored_person' as source,
    cast(null as varchar) as period_no,
    register.person_key as subject_key,
    person.person_id as subject_id
from lnk_register as register
inner join lnk_person as person on person.person_key = register.person_key
where register.is_current

union all

select distinct
    'member_departure' as source,
    cast(null as varchar) as period_no,
    departure.person_key as subject_key,
    person.person_id as subject_id
from lnk_departure as departure
inner join lnk_person as person on person.person_key = departure.person_key

union all

select distinct
    'yulu_roster' as source,
    period_no,
    subject_key,
    subject_id
from lnk_roster

union all

select distinct
    'yulu_payment' as source,
    period_no,
    subject_key,
    subject_id
from lnk_payment

union all

select distinct
    list.source,
    period.period_no,
    list.subject_key,
    subject.subject_id
from lnk_list as list
left join lnk_list_period as period on period.row_id = list.row_id
inner join lnk_subject as subject on subject.subject_key = list.subject_key;

-- One row per township (null: the county): the date that the current register states.
create or replace temp table his_snapshot as
with dated as (
    select
        subject.township,
        register.snapshot_on
    from lnk_register as register
    inner join stg_monitored_person as person on person.row_id = register.row_id
    inner join ing_file as file on file.file = person.file
    inner join lnk_subject as subject on subject.subject_key = register.person_key
    -- a file's modification time says when it was copied, not what it describes
    where register.is_current and file.dated_by <> 'mtime'
)

select
    'monitored_person' as source,
    township,
    max(snapshot_on) as snapshot_on
from dated
where township is not null
group by township

union all

select
    'monitored_person' as source,
    cast(null as varchar) as township,
    max(snapshot_on) as snapshot_on
from dated;

-- One row per source, period and township (null: the county): how much tonight's export
-- holds there, whether it may be taken to be whole, and if not, whether all that speaks
-- against it is that there was more before.
create or replace temp table his_extent as
select
    coverage.source,
    coverage.period_no,
    coverage.township,
    coverage.rows,
    coverage.is_covered,
    coalesce(
        extent.rows > 0
        and not extent.is_miscounted
        and extent.rows < extent.best_rows * (1 - lnk_limit.shrink_share)
        and (
            extent.source <> 'monitored_person'
            or extent.snapshot_on
            >= run.as_of - cast(lnk_limit.fresh_days as integer)
        ),
        false
    ) as is_only_shrunk,
    snapshot.snapshot_on,
    coalesce(sum(coverage.rows) over (partition by coverage.source), 0) > 0
        as is_given
from lnk_coverage as coverage
cross join lnk_limit
cross join run
left join lnk_extent as extent
    on
        extent.source = coverage.source
        and extent.period_no is not distinct from coverage.period_no
        and extent.township = coverage.township
left join his_snapshot as snapshot
    on
        snapshot.source = coverage.source
        and snapshot.township is not distinct from coverage.township;

-- One row per township (null: the county) whose register tonight is older than one that
-- was used within the last weeks: the newer file is missing.
create or replace temp table his_outdated as
select
    now.township,
    now.snapshot_on,
    max(past.snapshot_on) as newest_on
from his_snapshot as now
cross join run
cross join lnk_limit
inner join his_coverage as past
    on
        past.source = now.source
        and past.township is not distinct from now.township
        and past.as_of >= run.as_of - cast(lnk_limit.shrink_memory_days as integer)
        -- a date mistyped into the future outdates nothing
        and past.snapshot_on between now.snapshot_on + 1 and past.as_of
group by now.township, now.snapshot_on;

-- One row per candidate and export that it rests on, with its size tonight: those it
-- quotes, and the one whose silence it complains of.
create or replace temp table his_ground as
with touched as (
    select
        candidate_no,
        source,
        row_period_no as period_no,
        true as is_evidence
    from his_cell

    union all

    select
        candidate.candidate_no,
        rule.absence_of as source,
        case
            when
                rule.absence_of in (
                    select source from lnk_coverage
                    where period_no is not null
                )
                then candidate.period_no
        end as period_no,
        false as is_evidence
    from his_candidate as candidate
    inner join ref_rule as rule on rule.rule_code = candidate.rule_code
    where rule.absence_of is not null
),

ground as (
    select
        candidate_no,
        source,
        period_no,
        bool_or(is_evidence) as is_evidence
    from touched
    group by candidate_no, source, period_no
)

select
    ground.candidate_no,
    ground.source,
    ground.period_no,
    ground.is_evidence,
    cast(own.rows as bigint) as rows,
    cast(county.rows as bigint) as county_rows,
    coalesce(own.snapshot_on, county.snapshot_on) as snapshot_on
from ground
inner join his_candidate as candidate on candidate.candidate_no = ground.candidate_no
left join his_extent as own
    on
        own.source = ground.source
        and own.period_no is not distinct from ground.period_no
        and own.township = candidate.township
left join his_extent as county
    on
        county.source = ground.source
        and county.period_no is not distinct from ground.period_no
        and county.township is null;
