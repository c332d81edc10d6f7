-- One row per rule that could not be checked tonight, or failed, and why.
select
    status.rule_code,
    rule.title,
    case status.outcome when 'error' then '未能运行' else '不适用' end as outcome,
    status.why
from fnd_rule_status as status
left join ref_rule as rule on status.rule_code = rule.rule_code
where status.outcome in ('error', 'not_applicable')
order by status.outcome, status.rule_code;
