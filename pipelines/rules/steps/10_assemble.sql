-- One row = one finding of tonight: a hit with its person, its place, who answers for
-- it, and the source rows of its evidence.
create or replace table fnd_candidate as
with address as (
    select
        hit.rule_code,
        hit.subject_key,
        hit.period_no,
        ledger.row_id,
        ledger.file || '!' || coalesce(ledger.sheet, '') || '!'
        || cast(ledger.row_no as varchar) as address
    from (
        select distinct
            rule_code,
            subject_key,
            period_no,
            unnest(evidence).row_id as row_id
        from fnd_hit
    ) as hit
    inner join ing_ledger as ledger on ledger.row_id = hit.row_id
),

addresses as (
    select
        rule_code,
        subject_key,
        period_no,
        list(address order by row_id) as source_rows
    from address
    group by rule_code, subject_key, period_no
),

-- a finding about a place: the township that its name begins with, if there is one
located as (
    select
        hit.rule_code,
        hit.subject_key,
        max(town.township) as township
    from fnd_hit as hit
    inner join ref_rule as rule
        on rule.rule_code = hit.rule_code and rule.subject_kind = 'place'
    inner join (
        select distinct township from lnk_subject
        where township is not null
    ) as town
        on starts_with(hit.subject_key, town.township)
    group by hit.rule_code, hit.subject_key
),

placed as (
    select
        hit.*,
        coalesce(
            subject.subject_id,
            case when rule.subject_kind = 'place' then hit.subject_key end
        ) as subject_id,
        subject.person_key,
        coalesce(
            subject.name, case when rule.subject_kind = 'place' then hit.subject_key end
        ) as name,
        coalesce(subject.township, located.township) as township,
        -- place in doubt goes up: it is on the township's list, never on a village's
        case when subject.place_doubt is null then subject.village end as village
    from fnd_hit as hit
    inner join ref_rule as rule on rule.rule_code = hit.rule_code
    left join lnk_subject as subject
        on subject.subject_key = hit.subject_key and rule.subject_kind <> 'place'
    left join located
        on
            located.rule_code = hit.rule_code
            and located.subject_key = hit.subject_key
)

select
    placed.rule_code,
    rule.subject_kind,
    placed.subject_key,
    -- what is published must name one subject only: two blank numbers, or one wrong
    -- number on two children, are told apart by our own key
    case
        when coalesce(placed.subject_id, '') = '' then placed.subject_key
        when
            count(*) over (
                partition by placed.rule_code, placed.subject_id, placed.period_no
            ) > 1
            then placed.subject_id || '（' || placed.subject_key || '）'
        else placed.subject_id
    end as subject_id,
    placed.period_no,
    placed.person_key,
    placed.name,
    placed.township,
    case when placed.township is not null then placed.village end as village,
    rule.severity,
    case
        when rule.owner in ('village', 'township') and placed.township is null
            then 'county'
        when rule.owner = 'village' and placed.village is null then 'township'
        else rule.owner
    end as owner,
    placed.yuan_at_stake,
    placed.sentence,
    placed.observed,
    placed.expected,
    placed.evidence,
    addresses.source_rows,
    placed.hold_reason
from placed
inner join ref_rule as rule on rule.rule_code = placed.rule_code
left join addresses
    on
        addresses.rule_code = placed.rule_code
        and addresses.subject_key = placed.subject_key
        and addresses.period_no is not distinct from placed.period_no
order by rule.rule_no, placed.period_no, placed.subject_key;
