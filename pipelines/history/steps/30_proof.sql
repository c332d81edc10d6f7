-- Of the findings that are not found any more: which are provably settled? All that a
-- finding rests on must cover its place and period tonight, must not be older than what
-- it was seen in, and where it quotes an export, that export must still speak of the
-- subject, or have lost nobody else.

-- One row per finding that stood open and is not among tonight's.
create or replace temp table his_gone as
select known.*
from his_finding as known
anti join his_match on his_match.finding_no = known.finding_no
where known.state <> 'closed';

-- One row per such finding and export it rests on.
create or replace temp table his_gone_ground as
with ground as (
    select
        finding_no,
        subject_key,
        last_seen_on,
        body.subject_id,
        body.township,
        unnest(body.grounds) as ground
    from his_gone
),

by_key as (
    select distinct
        source,
        period_no,
        subject_key
    from his_present
),

by_number as (
    select distinct
        source,
        period_no,
        subject_id
    from his_present
    where is_id18(subject_id)
)

select
    ground.finding_no,
    ground.subject_key,
    ground.last_seen_on,
    ground.township,
    ground.ground.source,
    ground.ground.period_no,
    ground.ground.is_evidence,
    ground.ground.rows as old_rows,
    ground.ground.county_rows as old_county_rows,
    ground.ground.snapshot_on as old_snapshot_on,
    by_key.subject_key is not null or by_number.subject_id is not null as is_present
from ground
left join by_key
    on
        by_key.source = ground.ground.source
        and by_key.period_no is not distinct from ground.ground.period_no
        and by_key.subject_key = ground.subject_key
left join by_number
    on
        by_number.source = ground.ground.source
        and by_number.period_no is not distinct from ground.ground.period_no
        and by_number.subject_id = ground.subject_id;

-- One row per finding that is provably settled.
create or replace temp table his_settled as
with missing as (
    -- subjects with a finding that an export dropped: taken off as asked, they are no
    -- sign that the export is short of others
    select
        source,
        period_no,
        township,
        count(distinct subject_key) as subjects
    from his_gone_ground
    where is_evidence and not is_present
    group by source, period_no, township
),

missing_county as (
    select
        source,
        period_no,
        sum(subjects) as subjects
    from missing
    group by source, period_no
),

lenience as (
    select
        coalesce(max(value) filter (where name = 'close_shrink_rows'), 2) as rows,
        coalesce(max(value) filter (where name = 'close_shrink_share'), 0.02) as share
    from ref_setting
),

measured as (
    select
        ground.finding_no,
        ground.is_evidence,
        ground.is_present,
        coalesce(own.is_covered, county.is_covered, false) as is_covered,
        coalesce(own.is_only_shrunk, false) as is_only_shrunk,
        coalesce(own.is_given, county.is_given, false) as is_given,
        coalesce(
            coalesce(own.snapshot_on, county.snapshot_on) < ground.old_snapshot_on
            and ground.old_snapshot_on <= ground.last_seen_on,
            false
        ) as is_older,
        -- how many are gone of whom nothing was found
        coalesce(
            ground.old_rows - coalesce(own.rows, 0) - coalesce(missing.subjects, 0), 0
        ) as lost,
        coalesce(
            ground.old_county_rows - coalesce(county.rows, 0)
            - coalesce(missing_county.subjects, 0),
            0
        ) as county_lost,
        greatest(lenience.rows, lenience.share * ground.old_rows) as may_lose,
        greatest(lenience.rows, lenience.share * ground.old_county_rows)
            as county_may_lose
    from his_gone_ground as ground
    cross join lenience
    left join his_extent as own
        on
            own.source = ground.source
            and own.period_no is not distinct from ground.period_no
            and own.township = ground.township
    left join his_extent as county
        on
            county.source = ground.source
            and county.period_no is not distinct from ground.period_no
            and county.township is null
    left join missing
        on
            missing.source = ground.source
            and missing.period_no is not distinct from ground.period_no
            and missing.township is not distinct from ground.township
    left join missing_county
        on
            missing_county.source = ground.source
            and missing_county.period_no is not distinct from ground.period_no
),

judged as (
    select
        finding_no,
        is_given
        and not is_older
        -- smaller than before by nothing but what was asked to be taken off
        and (
            is_covered
            or (
                is_only_shrunk
                and lost <= 0
                and county_lost <= coalesce(county_may_lose, 0)
            )
        )
        and (
            not is_evidence
            or is_present
            or (
                lost <= coalesce(may_lose, 0)
                and county_lost <= coalesce(county_may_lose, 0)
            )
        ) as is_proven
    from measured
)

select judged.finding_no
from judged
inner join his_gone as gone on gone.finding_no = judged.finding_no
inner join fnd_rule_status as status on status.rule_code = gone.rule_code
inner join ref_rule as rule on rule.rule_code = gone.rule_code
-- a rule that could not look tonight saw no fix
where
    status.outcome in ('hits', 'clean')
    -- who is missing stays so until some list names them (ruling 9)
    and (
        coalesce(len(rule.seen_in), 0) = 0
        or exists (
            select 1 from his_present
            where
                list_contains(rule.seen_in, his_present.source)
                and (
                    his_present.subject_key = gone.subject_key
                    or (
                        is_id18(gone.body.subject_id)
                        and his_present.subject_id = gone.body.subject_id
                    )
                )
        )
    )
group by judged.finding_no
having bool_and(judged.is_proven);
