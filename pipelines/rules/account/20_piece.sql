-- One row = one piece of the way from what was due to what was given, of one subject and
-- period, signed, with the finding that stands for it or the reason why none must.
-- Three steps: due → named on rosters → passed → given. A finding takes what a step
-- still has to explain, in the order of the catalogue, and never more than it says: one
-- cause is counted once. What is in question without being a difference (a child under a
-- near number, who is due all the same) takes from what was given, as step 'risk'.
create or replace table fnd_money_piece as
with pot as (
    select
        subject_key,
        period_no,
        unnest([
            struct_pack(way := 'listed_over', fen := greatest(named_fen - due_fen, 0)),
            struct_pack(way := 'listed_short', fen := greatest(due_fen - named_fen, 0)),
            struct_pack(way := 'applied_short', fen := named_fen - listed_fen),
            struct_pack(way := 'paid_over', fen := greatest(given_fen - listed_fen, 0)),
            struct_pack(way := 'paid_short', fen := greatest(listed_fen - given_fen, 0))
        ], recursive := true)
    from fnd_money_line
),

wanted as (
    select
        rule.rule_no,
        hit.rule_code,
        line.subject_key,
        line.period_no,
        hit.period_no as finding_period_no,
        unnest(rule.money) as way,
        -- a finding without a period is about every listed row of the subject
        case
            when hit.period_no is null then line.standard_fen
            else cast(hit.yuan_at_stake as bigint) * 100
        end as fen
    from fnd_hit as hit
    inner join ref_rule as rule on rule.rule_code = hit.rule_code
    inner join fnd_money_line as line
        on
            line.subject_key = hit.subject_key
            and (
                line.period_no = hit.period_no
                or (hit.period_no is null and line.is_listed)
            )
    where rule.money is not null and hit.yuan_at_stake > 0
),

-- what a finding explained on the rosters it does not explain again among payments
listed_claim as (
    select
        wanted.rule_no,
        wanted.rule_code,
        wanted.subject_key,
        wanted.period_no,
        wanted.finding_period_no,
        wanted.way,
        wanted.fen,
        pot.fen as pot_fen,
        sum(wanted.fen) over (
            partition by wanted.subject_key, wanted.period_no, wanted.way
            order by wanted.rule_no, wanted.finding_period_no nulls first
            rows between unbounded preceding and current row
        ) as upto_fen
    from wanted
    inner join pot
        on
            pot.subject_key = wanted.subject_key
            and pot.period_no = wanted.period_no
            and pot.way = wanted.way
    where wanted.way in ('listed_over', 'listed_short', 'applied_short')
),

listed_piece as (
    select
        rule_no,
        rule_code,
        subject_key,
        period_no,
        finding_period_no,
        way,
        least(pot_fen, upto_fen) - least(pot_fen, upto_fen - fen) as fen
    from listed_claim
),

left_over as (
    select
        wanted.* exclude (fen),
        wanted.fen - coalesce(own.fen, 0) as fen
    from wanted
    left join (
        select
            rule_code,
            subject_key,
            period_no,
            finding_period_no,
            sum(fen) as fen
        from listed_piece
        group by rule_code, subject_key, period_no, finding_period_no
    ) as own
        on
            own.rule_code = wanted.rule_code
            and own.subject_key = wanted.subject_key
            and own.period_no = wanted.period_no
            and own.finding_period_no is not distinct from wanted.finding_period_no
    where wanted.way in ('paid_over', 'paid_short', 'risk')
),

paid_claim as (
    select
        left_over.*,
        pot.fen as pot_fen,
        sum(left_over.fen) over (
            partition by left_over.subject_key, left_over.period_no, left_over.way
            order by left_over.rule_no, left_over.finding_period_no nulls first
            rows between unbounded preceding and current row
        ) as upto_fen
    from left_over
    inner join pot
        on
            pot.subject_key = left_over.subject_key
            and pot.period_no = left_over.period_no
            and pot.way = left_over.way
),

claim as (
    select * from listed_piece

    union all

    select
        rule_no,
        rule_code,
        subject_key,
        period_no,
        finding_period_no,
        way,
        least(pot_fen, upto_fen) - least(pot_fen, upto_fen - fen) as fen
    from paid_claim
),

claimed as (
    select
        subject_key,
        period_no,
        coalesce(sum(fen) filter (where way = 'listed_over'), 0)
        - coalesce(sum(fen) filter (where way = 'listed_short'), 0) as listed_fen,
        -coalesce(sum(fen) filter (where way = 'applied_short'), 0) as applied_fen,
        coalesce(sum(fen) filter (where way = 'paid_over'), 0)
        - coalesce(sum(fen) filter (where way = 'paid_short'), 0) as paid_fen,
        coalesce(sum(fen) filter (where way in ('listed_over', 'paid_over')), 0)
            as over_fen
    from claim
    group by subject_key, period_no
),

stood as (
    -- what the findings leave of each step
    select
        line.*,
        coalesce(claimed.listed_fen, 0) as claimed_listed_fen,
        coalesce(claimed.paid_fen, 0) as claimed_paid_fen,
        coalesce(claimed.over_fen, 0) as over_fen,
        line.named_fen - line.due_fen - coalesce(claimed.listed_fen, 0) as open_listed_fen,
        line.listed_fen - line.named_fen - coalesce(claimed.applied_fen, 0)
            as open_applied_fen,
        line.listed_fen - line.named_fen as applied_fen,
        line.given_fen - line.listed_fen - coalesce(claimed.paid_fen, 0) as open_paid_fen
    from fnd_money_line as line
    left join claimed
        on
            claimed.subject_key = line.subject_key
            and claimed.period_no = line.period_no
),

-- what one step did wrong, the next may not have followed, or made good
settled as (
    select
        *,
        case
            when basis = 'waived' then open_listed_fen
            when open_listed_fen > 0
                then least(open_listed_fen, greatest(-claimed_paid_fen, 0))
            else -least(-open_listed_fen, greatest(claimed_paid_fen, 0))
        end as even_listed_fen,
        claimed_listed_fen + applied_fen
        + case when basis = 'waived' then open_listed_fen else 0 end as before_fen
    from stood
),

evened as (
    select
        *,
        case
            when open_paid_fen > 0 then least(open_paid_fen, greatest(-before_fen, 0))
            else -least(-open_paid_fen, greatest(before_fen, 0))
        end as even_paid_fen
    from settled
),

risk as (
    select
        wanted.rule_no,
        wanted.rule_code,
        wanted.subject_key,
        wanted.period_no,
        wanted.finding_period_no,
        greatest(stood.named_fen, stood.given_fen) - stood.over_fen as pot_fen,
        wanted.fen - coalesce(own.fen, 0) as fen,
        sum(wanted.fen - coalesce(own.fen, 0)) over (
            partition by wanted.subject_key, wanted.period_no
            order by wanted.rule_no, wanted.finding_period_no nulls first
            rows between unbounded preceding and current row
        ) as upto_fen
    from wanted
    inner join stood
        on
            stood.subject_key = wanted.subject_key
            and stood.period_no = wanted.period_no
    left join (
        select
            rule_code,
            subject_key,
            period_no,
            finding_period_no,
            sum(fen) as fen
        from claim
        group by rule_code, subject_key, period_no, finding_period_no
    ) as own
        on
            own.rule_code = wanted.rule_code
            and own.subject_key = wanted.subject_key
            and own.period_no = wanted.period_no
            and own.finding_period_no is not distinct from wanted.finding_period_no
    where wanted.way = 'risk' and wanted.fen > coalesce(own.fen, 0)
),

piece as (
    select
        subject_key,
        period_no,
        way as step,
        'finding' as kind,
        rule_code,
        finding_period_no,
        case when way in ('listed_over', 'paid_over') then fen else -fen end as fen,
        no_text() as reason
    from claim

    union all

    select
        subject_key,
        period_no,
        'risk' as step,
        'finding' as kind,
        rule_code,
        finding_period_no,
        cast(
            least(greatest(pot_fen, 0), upto_fen)
            - least(greatest(pot_fen, 0), upto_fen - fen) as bigint
        ) as fen,
        no_text() as reason
    from risk

    union all

    select
        subject_key,
        period_no,
        'listed' as step,
        case when basis = 'waived' then 'waived' else 'explained' end as kind,
        no_text() as rule_code,
        no_text() as finding_period_no,
        even_listed_fen as fen,
        case
            when basis = 'waived' then '名册备注自愿放弃'
            when even_listed_fen > 0 then '名册多列的没有发出'
            else '名册漏列的已另行发放'
        end as reason
    from evened

    union all

    select
        subject_key,
        period_no,
        'applied' as step,
        'explained' as kind,
        no_text() as rule_code,
        no_text() as finding_period_no,
        open_applied_fen as fen,
        '申报审核中，尚未通过' as reason
    from evened

    union all

    select
        subject_key,
        period_no,
        'paid' as step,
        'explained' as kind,
        no_text() as rule_code,
        no_text() as finding_period_no,
        even_paid_fen as fen,
        case
            when even_paid_fen > 0 then '名册少列或审核中的已按标准发放'
            else '名册多列的没有发出'
        end as reason
    from evened

    union all

    select
        subject_key,
        period_no,
        'paid' as step,
        'explained' as kind,
        no_text() as rule_code,
        no_text() as finding_period_no,
        open_paid_fen - even_paid_fen as fen,
        '名册这一行对应不到唯一的人，发放无从对照' as reason
    from evened
    where is_ambiguous

    union all

    select
        subject_key,
        period_no,
        'rest' as step,
        'rest' as kind,
        'PAY_SUM' as rule_code,
        period_no as finding_period_no,
        open_listed_fen - even_listed_fen
        + case when is_ambiguous then 0 else open_paid_fen - even_paid_fen end as fen,
        '没有一条问题能说明' as reason
    from evened
)

select
    subject_key,
    period_no,
    step,
    kind,
    rule_code,
    finding_period_no,
    cast(fen as bigint) as fen,
    reason
from piece
where fen <> 0
order by
    period_no, subject_key, step, kind, rule_code nulls last,
    finding_period_no nulls first;

-- What a finding says is at stake is what it explains, once.
update fnd_hit
set yuan_at_stake = cast(counted.fen // 100 as integer)
from (
    select
        hit.rule_code,
        hit.subject_key,
        hit.period_no,
        coalesce(sum(abs(piece.fen)), 0) as fen
    from fnd_hit as hit
    inner join ref_rule as rule on rule.rule_code = hit.rule_code
    left join fnd_money_piece as piece
        on
            piece.kind = 'finding'
            and piece.rule_code = hit.rule_code
            and piece.subject_key = hit.subject_key
            and piece.finding_period_no is not distinct from hit.period_no
    where rule.money is not null and not list_contains(rule.money, 'account')
    group by hit.rule_code, hit.subject_key, hit.period_no
) as counted
where
    fnd_hit.rule_code = counted.rule_code
    and fnd_hit.subject_key = counted.subject_key
    and fnd_hit.period_no is not distinct from counted.period_no;

-- One row = one subject and period whose rest no finding explains.
insert into fnd_rest
select
    piece.period_no,
    line.township,
    piece.subject_key,
    piece.fen,
    line.evidence
from fnd_money_piece as piece
inner join fnd_money_line as line
    on
        line.subject_key = piece.subject_key
        and line.period_no = piece.period_no
where piece.kind = 'rest'
order by piece.period_no, piece.subject_key;
