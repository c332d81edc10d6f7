-- One row per rule and state.
select rule_code, state, count(*) as findings
from fnd_finding
group by rule_code, state
order by rule_code, state;
