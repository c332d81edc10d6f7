-- One row: rules without their exports tonight, and rules that failed.
select
    count(*) filter (where outcome = 'not_applicable') as skipped,
    count(*) filter (where outcome = 'error') as failed
from fnd_rule_status;
