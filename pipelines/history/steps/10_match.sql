-- Which of tonight's findings are known from earlier nights.

-- One row per candidate that an earlier night knew, under the same subject, or under the
-- same certain number: an unlinked child that the register now knows keeps its finding.
create or replace temp table his_match as
with by_key as (
    select
        candidate.rule_code,
        candidate.subject_kind,
        candidate.subject_key,
        candidate.period_no,
        known.finding_no
    from fnd_candidate as candidate
    inner join his_finding as known
        on
            known.rule_code = candidate.rule_code
            and known.subject_kind = candidate.subject_kind
            and known.subject_key = candidate.subject_key
            and known.period_no is not distinct from candidate.period_no
),

by_number as (
    select
        candidate.rule_code,
        candidate.subject_kind,
        candidate.subject_key,
        candidate.period_no,
        known.finding_no
    from fnd_candidate as candidate
    anti join by_key
        on
            by_key.rule_code = candidate.rule_code
            and by_key.subject_kind = candidate.subject_kind
            and by_key.subject_key = candidate.subject_key
            and by_key.period_no is not distinct from candidate.period_no
    inner join his_finding as known
        on
            known.rule_code = candidate.rule_code
            and known.subject_kind = candidate.subject_kind
            and known.body.subject_id = candidate.subject_id
            and known.period_no is not distinct from candidate.period_no
    where
        known.state <> 'closed'
        and known.finding_no not in (select finding_no from by_key)
        -- a number that two people may have typed is not enough
        and (
            is_good_id(candidate.subject_id)
            or (is_id18(candidate.subject_id) and known.body.name = candidate.name)
        )
    qualify
        row_number() over (
            partition by known.finding_no order by candidate.subject_key
        ) = 1
),

one_each as (
    select *
    from by_number
    qualify
        row_number() over (
            partition by rule_code, subject_kind, subject_key, period_no
            order by finding_no
        ) = 1
)

select * from by_key
union all
select * from one_each;
