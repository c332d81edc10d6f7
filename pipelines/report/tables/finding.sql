-- One row per finding, whatever its state (spec section 5).
select
    finding_no, rule_code, period, subject_kind, subject_id, person_key, name, township,
    village, severity, owner, yuan_at_stake, sentence, observed, expected, source_rows,
    state, held_reason, first_seen_on, last_seen_on
from fnd_finding
order by finding_no
