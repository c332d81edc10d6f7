-- One row per item that a village team is asked about, by household, worst first.
select
    township, village, household_key, finding_no, head_name, name, sex_age, subject_kind,
    subject_id, title, sentence, register_side, roster_side, asks, proof, answers, state,
    severity, yuan_at_stake, period, rule_code, change, asked_on, due_on
from out_item
where audience = 'village' and standing = 'out'
order by
    township, village, household_severity, household_yuan desc, household_key, severity,
    name, finding_no;
