-- One row = one rule of the catalogue and what became of it tonight.
create or replace table fnd_rule_status as
with counted as (
    select
        rule_code,
        count(*) as hits,
        count(*) filter (where hold_reason is not null) as held
    from fnd_candidate
    group by rule_code
),

period as (
    select distinct period_no from lnk_roster
    union
    select distinct period_no from lnk_paid
    union
    select distinct period_no from lnk_speaking
    where not in_grace
),

present as (
    select distinct
        'yulu_roster' as source,
        period_no
    from lnk_roster

    union

    select distinct
        'yulu_payment' as source,
        period_no
    from lnk_paid
),

unruled as (
    -- a period of which the province's policy says nothing: before its rows begin
    select
        rule.rule_code,
        string_agg(period_zh(period.period_no), '、' order by period.period_no)
        || '没有本省的政策规定，未核对' as why
    from ref_rule as rule
    cross join period
    where
        rule.family in ('entitlement', 'omission', 'money')
        and period.period_no is not null
        and period.period_no not in (select period_no from ref_period)
    group by rule.rule_code
),

silent as (
    -- a period without the source is not applicable, not empty (ruling 2)
    select
        rule.rule_code,
        string_agg(period_zh(period.period_no), '、' order by period.period_no)
        || case rule.absence_of
            when 'yulu_roster' then '没有名册' else '没有发放文件'
        end || '，未核对' as why
    from ref_rule as rule
    cross join period
    left join present
        on present.source = rule.absence_of and present.period_no = period.period_no
    where
        rule.absence_of in ('yulu_roster', 'yulu_payment')
        and period.period_no is not null
        and present.period_no is null
    group by rule.rule_code, rule.absence_of
)

select
    rule.rule_code,
    case
        when ran.outcome <> 'ran' then ran.outcome
        when coalesce(counted.hits, 0) > 0 then 'hits'
        else 'clean'
    end as outcome,
    coalesce(ran.why, nullif(concat_ws('；', silent.why, unruled.why), '')) as why,
    cast(coalesce(counted.hits, 0) as integer) as hits,
    cast(coalesce(counted.held, 0) as integer) as held,
    ran.seconds
from ref_rule as rule
inner join fnd_rule_run as ran on ran.rule_code = rule.rule_code
left join counted on counted.rule_code = rule.rule_code
left join silent on silent.rule_code = rule.rule_code
left join unruled on unruled.rule_code = rule.rule_code
order by rule.rule_no;
