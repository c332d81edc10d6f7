-- Which of tonight's findings are known from earlier nights.

-- One row per candidate that an earlier night knew: under the same subject; under the
-- same certain number (an unlinked child that the register now knows keeps its finding);
-- or from the same cell of the same file (a child whom a cut-off register no longer
-- knows is not a second child, and nothing of the first one is settled).
create or replace temp table his_match as
with followed as (
    select
        known.*,
        coalesce(alias.person_key, known.subject_key) as person_key
    from his_finding as known
    left join lnk_key_alias as alias
        on alias.former_key = known.subject_key and known.subject_kind = 'person'
),

by_key as (
    select
        candidate.candidate_no,
        known.finding_no
    from his_candidate as candidate
    inner join followed as known
        on
            known.rule_code = candidate.rule_code
            and known.subject_kind = candidate.subject_kind
            and known.person_key = candidate.subject_key
            and known.period_no is not distinct from candidate.period_no
    -- two people turned out to be one: the finding of the surviving key goes on
    qualify
        row_number() over (
            partition by candidate.candidate_no
            order by
                known.person_key <> known.subject_key,
                known.state = 'closed',
                known.first_seen_on,
                known.finding_no
        ) = 1
),

by_number as (
    select
        candidate.candidate_no,
        known.finding_no
    from his_candidate as candidate
    inner join his_finding as known
        on
            known.rule_code = candidate.rule_code
            and known.subject_kind = candidate.subject_kind
            and known.body.subject_id = candidate.subject_id
            and known.period_no is not distinct from candidate.period_no
    where
        candidate.candidate_no not in (select candidate_no from by_key)
        and known.finding_no not in (select finding_no from by_key)
        and known.state <> 'closed'
        -- a number that two people may have typed is not enough
        and (
            is_good_id(candidate.subject_id)
            or (is_id18(candidate.subject_id) and known.body.name = candidate.name)
        )
    qualify
        row_number() over (
            partition by known.finding_no order by candidate.candidate_no
        ) = 1
),

one_each as (
    select *
    from by_number
    qualify
        row_number() over (partition by candidate_no order by finding_no) = 1
),

known_cell as (
    select
        finding_no,
        rule_code,
        period_no,
        unnest(body.cells) as cell
    from his_finding
    where
        state <> 'closed'
        and finding_no not in (select finding_no from by_key)
        and finding_no not in (select finding_no from one_each)
),

by_cell as (
    select
        candidate.candidate_no,
        known.finding_no
    from his_candidate as candidate
    inner join his_cell as cell on cell.candidate_no = candidate.candidate_no
    inner join known_cell as known
        on
            known.rule_code = candidate.rule_code
            and known.period_no is not distinct from candidate.period_no
            and known.cell.content = cell.content
            and known.cell.sheet is not distinct from cell.sheet
            and known.cell.row_no = cell.row_no
            and known.cell.field = cell.field
    where
        candidate.candidate_no not in (select candidate_no from by_key)
        and candidate.candidate_no not in (select candidate_no from one_each)
    group by candidate.candidate_no, known.finding_no
),

-- two findings that quote one cell (a shared head, a shared account) prove nothing
by_cell_alone as (
    select *
    from by_cell
    qualify
        count(*) over (partition by candidate_no) = 1
        and count(*) over (partition by finding_no) = 1
)

select
    *,
    false as is_same_cell
from by_key

union all

select
    *,
    false as is_same_cell
from one_each

union all

select
    *,
    true as is_same_cell
from by_cell_alone;
