-- What the other stages and the next nights get. `his_fresh` holds a number for each row
-- of his_unnumbered.

-- One row per finding of tonight, all of them numbered.
create or replace temp table his_story as
select
    tale.* exclude (candidate_no, finding_no),
    coalesce(tale.finding_no, numbered.finding_no, his_fresh.finding_no) as finding_no
from his_tale as tale
left join his_numbered as numbered on numbered.candidate_no = tale.candidate_no
left join his_unnumbered as fresh on fresh.candidate_no = tale.candidate_no
left join his_fresh on his_fresh.place_no = fresh.place_no;

-- One row per finding (spec section 5), with what the sheets need besides.
create or replace table fnd_finding as
with placed as (
    select
        *,
        -- two people who share one number are two findings
        row_number() over (
            partition by rule_code, subject_kind, body.subject_id, period_no
            order by is_tonight desc, subject_key, finding_no
        ) as place_no
    from his_story
    where not is_silent
)

select
    finding_no,
    rule_code,
    period_no as period,
    subject_kind,
    body.subject_id || case
        when place_no = 1 then ''
        else '#' || cast(place_no as varchar)
    end as subject_id,
    body.person_key,
    body.name,
    body.township,
    body.village,
    body.severity,
    body.owner,
    body.yuan_at_stake,
    body.sentence,
    body.observed,
    body.expected,
    body.source_rows,
    state,
    held_reason,
    first_seen_on,
    last_seen_on,
    subject_key,
    evidence,
    is_tonight
from placed
order by finding_no;

-- One row per finding ever told of: published, so that history can be made again from
-- the newest night alone. A settled one keeps its number and nothing about the person.
create or replace table mem_finding as
select
    finding_no,
    rule_code,
    subject_kind,
    subject_key,
    period_no,
    state,
    held_reason,
    first_seen_on,
    last_seen_on,
    proven_on,
    closed_on,
    evidence_hash,
    case when state <> 'closed' then body end as body
from his_story

union all

select
    finding_no,
    rule_code,
    subject_kind,
    subject_key,
    period_no,
    state,
    held_reason,
    first_seen_on,
    last_seen_on,
    proven_on,
    closed_on,
    evidence_hash,
    null as body
from his_finding
where
    state = 'closed'
    and finding_no not in (select finding_no from his_story)

order by finding_no;

-- One row per source, period and township (null: the county): how much there was.
create or replace table mem_coverage as
select
    source,
    period_no,
    township,
    cast(rows as bigint) as rows,
    is_covered,
    snapshot_on
from his_extent
order by source, period_no, township;

-- One row per question and team: as last night left it, until tonight's books are made.
create or replace table mem_asked as
select * from his_asked;
