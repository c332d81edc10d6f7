-- One row per piece of the way from what was due to what was given (rules/account), with
-- the finding that stands for it and in which column of 资金对账 it is counted.
create or replace table out_money_piece as
with told as (
    select
        piece.*,
        candidate.evidence
    from fnd_money_piece as piece
    left join fnd_candidate as candidate
        on
            candidate.rule_code = piece.rule_code
            and candidate.subject_key = case
                when piece.kind = 'rest' then '全县' else piece.subject_key
            end
            and candidate.period_no is not distinct from piece.finding_period_no
),

-- history may know the subject of a finding under an older key: its cells tell
matched as (
    select
        told.subject_key,
        told.period_no,
        told.step,
        told.kind,
        told.rule_code,
        told.finding_period_no,
        told.fen,
        told.reason,
        coalesce(own.finding_no, same.finding_no) as finding_no,
        coalesce(own.state, same.state) as state
    from told
    left join fnd_finding as own
        on
            own.rule_code = told.rule_code
            and own.period is not distinct from told.finding_period_no
            and own.subject_key = case
                when told.kind = 'rest' then '全县' else told.subject_key
            end
    left join (
        select
            rule_code,
            period,
            evidence,
            min(finding_no) as finding_no,
            arg_min(state, finding_no) as state
        from fnd_finding
        where evidence is not null
        group by rule_code, period, evidence
    ) as same
        on
            own.finding_no is null
            and same.rule_code = told.rule_code
            and same.period is not distinct from told.finding_period_no
            and same.evidence = told.evidence
)

select
    matched.subject_key,
    matched.period_no,
    subject.subject_id,
    subject.name,
    coalesce(subject.township, '（乡镇待定）') as township,
    matched.step,
    case
        when matched.kind = 'rest' then 'rest'
        when matched.kind <> 'finding' then matched.kind
        when matched.finding_no is null then 'explained'
        when matched.state in ('held', 'waived') then matched.state
        else 'told'
    end as part,
    matched.rule_code,
    matched.finding_no,
    matched.state,
    cast(sum(matched.fen) as bigint) as fen,
    case
        when matched.kind = 'finding' and matched.finding_no is null
            then '已由另一条问题提出'
        else matched.reason
    end as reason
from matched
left join lnk_subject as subject on subject.subject_key = matched.subject_key
group by all
order by
    matched.period_no, coalesce(subject.township, '（乡镇待定）'), matched.subject_key,
    matched.step, matched.rule_code nulls last, reason nulls first, matched.finding_no;

-- One row per period and township, and per period for the county: the two ledgers, and
-- everything that lies between them.
create or replace table out_money as
with line as (
    select
        line.*,
        coalesce(line.township, '（乡镇待定）') as place
    from fnd_money_line as line
),

ledger as (
    select
        period_no,
        place as township,
        count(distinct subject_key) filter (where due_fen > 0) as due_people,
        sum(due_fen) as due_fen,
        count(distinct subject_key) filter (where given_fen > 0) as given_people,
        sum(given_fen) as given_fen,
        sum(listed_fen) as listed_fen
    from line
    group by period_no, place
),

between_ as (
    select
        period_no,
        township,
        coalesce(sum(fen) filter (where part = 'told' and fen > 0 and step <> 'risk'), 0)
            as over_fen,
        coalesce(sum(fen) filter (where part = 'told' and fen < 0), 0) as short_fen,
        coalesce(sum(fen) filter (where part = 'held' and step <> 'risk'), 0) as held_fen,
        coalesce(sum(fen) filter (where part = 'waived' and step <> 'risk'), 0)
            as waived_fen,
        coalesce(sum(fen) filter (where part = 'explained' and step <> 'risk'), 0)
            as explained_fen,
        coalesce(sum(fen) filter (where part = 'rest'), 0) as rest_fen,
        coalesce(sum(fen) filter (where step = 'risk'), 0) as risk_fen
    from out_money_piece
    group by period_no, township
)

select
    ledger.period_no,
    coalesce(ledger.township, '全县') as township,
    grouping(ledger.township) = 1 as is_county,
    cast(sum(ledger.due_people) as bigint) as due_people,
    cast(sum(ledger.due_fen) as bigint) as due_fen,
    cast(sum(ledger.listed_fen) as bigint) as listed_fen,
    cast(sum(ledger.given_people) as bigint) as given_people,
    cast(sum(ledger.given_fen) as bigint) as given_fen,
    cast(sum(ledger.given_fen - ledger.due_fen) as bigint) as difference_fen,
    cast(coalesce(sum(between_.over_fen), 0) as bigint) as over_fen,
    cast(coalesce(sum(between_.short_fen), 0) as bigint) as short_fen,
    cast(coalesce(sum(between_.held_fen), 0) as bigint) as held_fen,
    cast(coalesce(sum(between_.waived_fen), 0) as bigint) as waived_fen,
    cast(coalesce(sum(between_.explained_fen), 0) as bigint) as explained_fen,
    cast(coalesce(sum(between_.rest_fen), 0) as bigint) as rest_fen,
    cast(coalesce(sum(between_.risk_fen), 0) as bigint) as risk_fen
from ledger
left join between_
    on
        between_.period_no = ledger.period_no
        and between_.township = ledger.township
group by grouping sets ((ledger.period_no, ledger.township), (ledger.period_no))
order by ledger.period_no, is_county, ledger.township;
