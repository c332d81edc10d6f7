-- One row per outcome.
select outcome, count(*) as rules
from fnd_rule_status
group by outcome
order by outcome;
