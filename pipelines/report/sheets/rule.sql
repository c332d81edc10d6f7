-- One row per rule: what it compares, asks and wants shown, and how it ended tonight.
select
    rule.rule_code,
    rule.title,
    rule.severity,
    owner.title as owner,
    rule.why,
    rule.asks,
    rule.proof,
    array_to_string(rule.answers, ' / ') as answers,
    outcome.title as outcome,
    status.hits,
    status.held,
    status.why as outcome_why
from ref_rule as rule
left join fnd_rule_status as status on rule.rule_code = status.rule_code
left join out_word as owner on rule.owner = owner.word and owner.list = 'owner'
left join out_word as outcome on status.outcome = outcome.word and outcome.list = 'rule_outcome'
order by rule.severity, rule.rule_code;
