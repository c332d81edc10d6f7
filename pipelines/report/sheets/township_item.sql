-- One row per item that a township answers itself: its own, and those without a certain village.
select
    township, village, household_key, finding_no, head_name, name, sex_age, subject_kind,
    subject_id, title, sentence, register_side, roster_side, asks, proof, answers, state,
    severity, yuan_at_stake, period, rule_code, change, asked_on, due_on
from out_item
where audience = 'township' and standing = 'out'
order by
    township, household_severity, household_yuan desc, household_key, severity, name, finding_no;
