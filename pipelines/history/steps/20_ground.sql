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
from lnk_payment;

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
-- holds there, and whether it may be taken to be whole.
create or replace temp table his_extent as
select
    coverage.source,
    coverage.period_no,
    coverage.township,
    coverage.rows,
    coverage.is_covered,
    snapshot.snapshot_on,
    coalesce(sum(coverage.rows) over (partition by coverage.source), 0) > 0
        as is_given
from lnk_coverage as coverage
left join his_snapshot as snapshot
    on
        snapshot.source = coverage.source
        and snapshot.township is not distinct from coverage.township;

-- One row per evidence cell of a candidate: the source it stands in, and a place that
-- is found again when the file is renamed.
create or replace temp table his_cell as
with cell as (
    select
        rule_code,
        subject_kind,
        subject_key,
        period_no,
        generate_subscripts(evidence, 1) as cell_no,
        unnest(evidence) as evidence
    from fnd_candidate
)

select
    cell.rule_code,
    cell.subject_kind,
    cell.subject_key,
    cell.period_no,
    cell.cell_no,
    cell.evidence.field as field,
    ledger.source,
    coalesce(roster.period_no, payment.period_no) as row_period_no,
    coalesce(file.sha256, ledger.file) as content,
    ledger.sheet,
    ledger.row_no
from cell
inner join ing_ledger as ledger on ledger.row_id = cell.evidence.row_id
left join ing_file as file on file.file = ledger.file
left join lnk_roster as roster on roster.row_id = cell.evidence.row_id
left join lnk_payment as payment on payment.row_id = cell.evidence.row_id;

-- One row per candidate: its evidence cells, and the exports that it rests on with
-- their size tonight: those it quotes, and the one whose silence it complains of.
create or replace temp table his_ground as
with touched as (
    select distinct
        rule_code,
        subject_kind,
        subject_key,
        period_no,
        source,
        row_period_no,
        true as is_evidence
    from his_cell

    union all

    select
        candidate.rule_code,
        candidate.subject_kind,
        candidate.subject_key,
        candidate.period_no,
        rule.absence_of as source,
        case
            when
                rule.absence_of in (
                    select source from lnk_coverage
                    where period_no is not null
                )
                then candidate.period_no
        end as row_period_no,
        false as is_evidence
    from fnd_candidate as candidate
    inner join ref_rule as rule on rule.rule_code = candidate.rule_code
    where rule.absence_of is not null
),

ground as (
    select
        rule_code,
        subject_kind,
        subject_key,
        period_no,
        source,
        row_period_no,
        bool_or(is_evidence) as is_evidence
    from touched
    group by all
),

sized as (
    select
        ground.rule_code,
        ground.subject_kind,
        ground.subject_key,
        ground.period_no,
        list(
            {
                'source': ground.source,
                'period_no': ground.row_period_no,
                'is_evidence': ground.is_evidence,
                'rows': cast(own.rows as bigint),
                'county_rows': cast(county.rows as bigint),
                'snapshot_on': coalesce(own.snapshot_on, county.snapshot_on),
            } order by ground.source, ground.row_period_no nulls first
        ) as grounds
    from ground
    inner join fnd_candidate as candidate
        on
            candidate.rule_code = ground.rule_code
            and candidate.subject_kind = ground.subject_kind
            and candidate.subject_key = ground.subject_key
            and candidate.period_no is not distinct from ground.period_no
    left join his_extent as own
        on
            own.source = ground.source
            and own.period_no is not distinct from ground.row_period_no
            and own.township = candidate.township
    left join his_extent as county
        on
            county.source = ground.source
            and county.period_no is not distinct from ground.row_period_no
            and county.township is null
    group by
        ground.rule_code, ground.subject_kind, ground.subject_key, ground.period_no
),

quoted as (
    select
        rule_code,
        subject_kind,
        subject_key,
        period_no,
        list(
            {
                'content': content,
                'sheet': sheet,
                'row_no': cast(row_no as bigint),
                'field': field,
            } order by cell_no
        ) as cells
    from his_cell
    group by rule_code, subject_kind, subject_key, period_no
)

select
    sized.*,
    quoted.cells
from sized
left join quoted
    on
        quoted.rule_code = sized.rule_code
        and quoted.subject_kind = sized.subject_kind
        and quoted.subject_key = sized.subject_key
        and quoted.period_no is not distinct from sized.period_no;
