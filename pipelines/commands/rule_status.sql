-- One row = the rule asked about, on the last night.
select
    outcome,
    why,
    hits,
    held
from rule_status
where rule_code = (select asked.rule_code from asked)
