-- One row per finding, whatever its state.
select
    finding.finding_no,
    state.title as state,
    finding.severity,
    rule.title,
    finding.rule_code,
    finding.period,
    finding.township,
    finding.village,
    finding.name,
    finding.subject_id,
    owner.title as owner,
    finding.yuan_at_stake,
    finding.sentence,
    finding.observed,
    finding.expected,
    finding.held_reason,
    finding.first_seen_on,
    finding.last_seen_on,
    array_to_string(finding.source_rows, '；') as source_rows
from fnd_finding as finding
left join ref_rule as rule on finding.rule_code = rule.rule_code
left join out_word as state on finding.state = state.word and state.list = 'state'
left join out_word as owner on finding.owner = owner.word and owner.list = 'owner'
order by
    case
        when finding.state in ('closed', 'waived') then 2 when finding.state = 'held' then 1 else 0
    end,
    finding.severity, finding.township nulls last, finding.village nulls last,
    finding.rule_code, finding.finding_no;
