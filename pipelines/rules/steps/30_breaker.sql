-- Flood breaker (ruling 21): implausibly many new findings of one rule in a township or
-- the county become one finding for the township or the operator.

-- One row = how many people a rule's findings could be about, by township.
create or replace temp table fnd_population as
with counted as (
    select
        'roster' as population,
        subject_key
    from lnk_roster

    union

    select
        'payment' as population,
        subject_key
    from lnk_payment
    where subject_key is not null

    union

    select
        'scope' as population,
        subject_key
    from lnk_roster

    union

    select
        'scope' as population,
        person_key as subject_key
    from lnk_scope

    union

    select
        'vocational' as population,
        person_key as subject_key
    from lnk_state
    where is_vocational
)

select
    counted.population,
    subject.township,
    count(*) as people
from counted
inner join lnk_subject as subject on subject.subject_key = counted.subject_key
group by counted.population, subject.township;

create or replace temp table fnd_limit as
select
    coalesce(max(value) filter (where name = 'breaker_floor'), 20) as floor,
    coalesce(max(value) filter (where name = 'breaker_share'), 0.25) as share,
    coalesce(max(value) filter (where name = 'breaker_county_factor'), 10)
        as county_factor
from ref_setting;

-- One row = one finding that nobody has been told of: unknown to earlier nights, or
-- held or closed by them. Those held tonight for another reason are not raised at all.
create or replace temp table fnd_fresh as
select
    candidate.rule_code,
    candidate.subject_key,
    candidate.period_no,
    candidate.township,
    candidate.yuan_at_stake,
    candidate.evidence,
    candidate.source_rows
from fnd_candidate as candidate
left join his_finding as known
    on
        known.rule_code = candidate.rule_code
        and known.subject_kind = candidate.subject_kind
        and known.subject_key = candidate.subject_key
        and known.period_no is not distinct from candidate.period_no
        and known.state not in ('held', 'closed')
where candidate.hold_reason is null and known.rule_code is null;

-- One row = one flood; the county's swallows those of its townships.
create or replace temp table fnd_flood as
with county as (
    select
        fresh.rule_code,
        count(*) as findings,
        greatest(
            max(fnd_limit.floor * fnd_limit.county_factor),
            max(fnd_limit.share * coalesce(population.people, 0))
        ) as most
    from fnd_fresh as fresh
    inner join ref_rule as rule on rule.rule_code = fresh.rule_code
    left join (
        select
            population,
            sum(people) as people
        from fnd_population
        group by population
    ) as population
        on population.population = rule.population
    cross join fnd_limit
    group by fresh.rule_code
),

township as (
    select
        fresh.rule_code,
        fresh.township,
        count(*) as findings,
        greatest(
            max(fnd_limit.floor),
            max(fnd_limit.share * coalesce(population.people, 0))
        ) as most
    from fnd_fresh as fresh
    inner join ref_rule as rule on rule.rule_code = fresh.rule_code
    left join fnd_population as population
        on
            population.population = rule.population
            and population.township = fresh.township
    cross join fnd_limit
    where fresh.township is not null
    group by fresh.rule_code, fresh.township
)

select
    rule_code,
    no_text() as township,
    findings,
    cast(floor(most) as integer) as most
from county
where findings > most

union all

select
    township.rule_code,
    township.township,
    township.findings,
    cast(floor(township.most) as integer) as most
from township
where
    township.findings > township.most
    and township.rule_code not in (
        select rule_code from county
        where findings > most
    );

insert into fnd_candidate
with flooded as (
    select
        flood.rule_code,
        flood.township,
        flood.findings,
        flood.most,
        sum(fresh.yuan_at_stake) as yuan,
        -- the first cell of the first twenty, as places to begin looking
        list(
            fresh.evidence[1] order by fresh.period_no, fresh.subject_key
        )[1:20] as evidence,
        list(
            fresh.source_rows[1] order by fresh.period_no, fresh.subject_key
        )[1:20] as source_rows
    from fnd_flood as flood
    inner join fnd_fresh as fresh
        on
            fresh.rule_code = flood.rule_code
            and (flood.township is null or fresh.township = flood.township)
    group by flood.rule_code, flood.township, flood.findings, flood.most
)

select
    flooded.rule_code,
    'place' as subject_kind,
    coalesce(flooded.township, '全县') as subject_key,
    coalesce(flooded.township, '全县') as subject_id,
    no_text() as period_no,
    no_text() as person_key,
    coalesce(flooded.township, '全县') as name,
    flooded.township,
    no_text() as village,
    rule.severity,
    case when flooded.township is null then 'operator' else 'township' end as owner,
    -- the single findings keep their own yuan: counted once
    0 as yuan_at_stake,
    coalesce(flooded.township, '全县') || '今晚新增“' || rule.title || '”'
    || cast(flooded.findings as varchar) || '条，超过上限' || cast(flooded.most as varchar)
    || '条' || case
        when flooded.yuan > 0 then '，涉及' || cast(flooded.yuan as varchar) || '元'
        else ''
    end || '。多半是整批数据有误，请先核对导出和名册；逐条问题暂不下发。' as sentence,
    cast(flooded.findings as varchar) || '条' as observed,
    '不超过' || cast(flooded.most as varchar) || '条' as expected,
    list_sort(list_distinct(flooded.evidence)) as evidence,
    list_sort(list_distinct(flooded.source_rows)) as source_rows,
    no_text() as hold_reason
from flooded
inner join ref_rule as rule on rule.rule_code = flooded.rule_code
order by rule.rule_no, flooded.township;

update fnd_candidate
set hold_reason = flooded.why
from (
    select
        fresh.rule_code,
        fresh.subject_key,
        fresh.period_no,
        '同类问题过多（' || coalesce(flood.township, '全县')
        || cast(flood.findings as varchar) || '条，上限' || cast(flood.most as varchar)
        || '条），先核对整批数据' as why
    from fnd_fresh as fresh
    inner join fnd_flood as flood
        on
            flood.rule_code = fresh.rule_code
            and (flood.township is null or flood.township = fresh.township)
) as flooded
where
    fnd_candidate.subject_kind <> 'place'
    and fnd_candidate.rule_code = flooded.rule_code
    and fnd_candidate.subject_key = flooded.subject_key
    and fnd_candidate.period_no is not distinct from flooded.period_no;
