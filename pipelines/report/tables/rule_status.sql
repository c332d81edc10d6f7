-- One line per rule. Seconds are measured, so they differ from run to run; the same
-- inputs must give the same bytes, so they stand in the night's timings, not here.
select
    rule_code,
    outcome,
    why,
    hits,
    held,
    null::double as seconds
from fnd_rule_status
order by rule_code
