-- The life of every finding tonight: found, carried over, settled.

-- One row per candidate: what it says, with all that later nights need of it.
create or replace temp table his_tonight as
with quoted as (
    select
        candidate_no,
        list(
            struct_pack(
                content := content,
                sheet := sheet,
                row_no := cast(row_no as bigint),
                field := field
            ) order by cell_no
        ) as cells
    from his_cell
    group by candidate_no
),

rested as (
    select
        candidate_no,
        list(
            struct_pack(
                source := source,
                period_no := period_no,
                is_evidence := is_evidence,
                rows := rows,
                county_rows := county_rows,
                snapshot_on := snapshot_on
            ) order by source, period_no nulls first
        ) as grounds
    from his_ground
    group by candidate_no
),

resting as (
    select distinct candidate_no
    from his_ground
    where source = 'monitored_person'
)

select
    candidate.candidate_no,
    his_match.finding_no,
    candidate.rule_code,
    candidate.subject_kind,
    coalesce(same.subject_key, candidate.subject_key) as subject_key,
    candidate.period_no,
    -- a missing export creates no finding: the older one may show what is long settled
    coalesce(
        candidate.hold_reason,
        case
            when resting.candidate_no is not null
                then
                    '监测系统导出（' || day_zh(outdated.snapshot_on)
                    || '）早于往期用过的导出（' || day_zh(outdated.newest_on) || '）'
        end
    ) as hold_reason,
    candidate.evidence,
    md5(
        concat_ws(
            chr(31), coalesce(candidate.observed, chr(30)),
            coalesce(candidate.expected, chr(30))
        )
    ) as evidence_hash,
    struct_pack(
        subject_id := coalesce(same.body.subject_id, candidate.subject_id),
        person_key := coalesce(same.body.person_key, candidate.person_key),
        name := candidate.name,
        township := candidate.township,
        village := candidate.village,
        severity := candidate.severity,
        owner := candidate.owner,
        yuan_at_stake := cast(candidate.yuan_at_stake as integer),
        sentence := candidate.sentence,
        observed := candidate.observed,
        expected := candidate.expected,
        source_rows := candidate.source_rows,
        cells := quoted.cells,
        grounds := rested.grounds
    ) as body
from his_candidate as candidate
left join his_match on his_match.candidate_no = candidate.candidate_no
-- what the same cell said is about the person it was about
left join his_finding as same
    on his_match.is_same_cell and same.finding_no = his_match.finding_no
left join quoted on quoted.candidate_no = candidate.candidate_no
left join rested on rested.candidate_no = candidate.candidate_no
left join his_outdated as outdated
    on outdated.township is not distinct from candidate.township
left join resting
    on
        outdated.newest_on is not null
        and resting.candidate_no = candidate.candidate_no;

-- One row per known finding whose words of an earlier night stand: not found any more,
-- or found tonight but not provably. Its cells are where they lie tonight, as long as
-- the file they stood in is there unchanged; its place is where the person lives now.
create or replace temp table his_carried as
with kept as (
    select
        known.*,
        tonight.candidate_no is not null as is_tonight,
        settled.finding_no is not null as is_settled
    from his_finding as known
    left join his_tonight as tonight on tonight.finding_no = known.finding_no
    left join his_settled as settled on settled.finding_no = known.finding_no
    where
        known.state <> 'closed'
        -- what was proven once is not taken back because tonight's proof is missing
        and (
            tonight.candidate_no is null
            or (tonight.hold_reason is not null and known.proven_on is not null)
        )
),

cell as (
    select
        finding_no,
        generate_subscripts(body.cells, 1) as cell_no,
        unnest(body.cells) as cell
    from kept
),

place as (
    select
        coalesce(file.sha256, ledger.file) as content,
        ledger.sheet,
        ledger.row_no,
        min(ledger.row_id) as row_id
    from ing_ledger as ledger
    left join ing_file as file on file.file = ledger.file
    where ledger.row_id is not null
    group by all
),

found as (
    select
        cell.finding_no,
        list(
            struct_pack(row_id := place.row_id, field := cell.cell.field)
            order by cell.cell_no
        ) as evidence
    from cell
    inner join place
        on
            place.content = cell.cell.content
            and place.sheet is not distinct from cell.cell.sheet
            and place.row_no = cell.cell.row_no
    group by cell.finding_no
)

select
    kept.* exclude (body),
    found.evidence,
    rule.rule_code is null as is_retired,
    struct_update(
        kept.body,
        name := coalesce(subject.name, kept.body.name),
        township := coalesce(subject.township, kept.body.township),
        village := case
            when subject.subject_key is null then kept.body.village
            when subject.place_doubt is null and subject.township is not null
                then subject.village
        end
    ) as body
from kept
left join found on found.finding_no = kept.finding_no
left join ref_rule as rule on rule.rule_code = kept.rule_code
left join lnk_subject as subject
    on kept.subject_kind <> 'place' and subject.subject_key = kept.subject_key;

-- One row per finding that lies in some team's hands.
create or replace temp table his_in_hands as
select distinct finding_no
from his_asked
where left_because is null;

-- One row per finding of tonight. A null finding_no is one that no earlier night knew.
create or replace temp table his_tale as
select
    tonight.candidate_no,
    tonight.finding_no,
    tonight.rule_code,
    tonight.subject_kind,
    tonight.subject_key,
    tonight.period_no,
    case
        when tonight.hold_reason is not null then 'held'
        when known.finding_no is null then 'new'
        -- stood proven before, was settled, is back
        when known.proven_on is null and known.closed_on is not null then 'reopened'
        when known.proven_on is null then 'new'
        when known.state not in ('new', 'open', 'issued', 'reopened', 'held') then known.state
        when asked.finding_no is not null then 'issued'
        else 'open'
    end as state,
    tonight.hold_reason as held_reason,
    coalesce(known.first_seen_on, run.as_of) as first_seen_on,
    run.as_of as last_seen_on,
    case
        when tonight.hold_reason is null then coalesce(known.proven_on, run.as_of)
    end as proven_on,
    known.closed_on,
    true as is_tonight,
    tonight.evidence_hash,
    tonight.evidence,
    tonight.body,
    false as is_silent
from his_tonight as tonight
cross join run
left join his_finding as known on known.finding_no = tonight.finding_no
left join his_in_hands as asked on asked.finding_no = tonight.finding_no
where
    tonight.finding_no is null
    or tonight.finding_no not in (select finding_no from his_carried)

union all

select
    cast(null as bigint) as candidate_no,
    carried.finding_no,
    carried.rule_code,
    carried.subject_kind,
    carried.subject_key,
    carried.period_no,
    case
        when carried.is_settled then 'closed'
        when carried.state = 'held' or carried.is_retired then 'held'
        when carried.state not in ('new', 'open', 'issued', 'reopened') then carried.state
        when asked.finding_no is not null then 'issued'
        else 'open'
    end as state,
    case
        when carried.is_settled then null
        when carried.state = 'held' then carried.held_reason
        when carried.is_retired then '该规则已停用'
    end as held_reason,
    carried.first_seen_on,
    carried.last_seen_on,
    case when not carried.is_settled then carried.proven_on end as proven_on,
    case
        when carried.is_settled and carried.proven_on is not null then run.as_of
        else carried.closed_on
    end as closed_on,
    carried.is_tonight,
    carried.evidence_hash,
    carried.evidence,
    struct_update(
        carried.body,
        owner := case
            when
                carried.body.owner in ('village', 'township')
                and carried.body.township is null
                then 'county'
            when
                carried.body.owner = 'village' and carried.body.village is null
                then 'township'
            else carried.body.owner
        end
    ) as body,
    -- held from the first night on and gone now: nobody ever asked, nothing was settled
    carried.is_settled and carried.proven_on is null and carried.closed_on is null
        as is_silent
from his_carried as carried
cross join run
left join his_in_hands as asked on asked.finding_no = carried.finding_no;
