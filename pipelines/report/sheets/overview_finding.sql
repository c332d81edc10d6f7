-- One row per rule with findings: how many stand in which state, yuan at stake.
select
    finding.rule_code,
    min(rule.title) as title,
    min(finding.severity) as severity,
    count(*) filter (where finding.state in ('new', 'reopened')) as new_count,
    count(*) filter (where finding.state in ('open', 'issued')) as open_count,
    count(*) filter (where finding.state in ('answered', 'awaiting_proof')) as waiting_count,
    count(*) filter (where finding.state = 'held') as held_count,
    count(*) filter (where finding.state in ('closed', 'waived')) as done_count,
    coalesce(
        sum(finding.yuan_at_stake) filter (
            where finding.state not in ('held', 'closed', 'waived')
        ),
        0
    )::bigint as yuan
from fnd_finding as finding
left join ref_rule as rule on finding.rule_code = rule.rule_code
group by finding.rule_code
order by severity, finding.rule_code;
