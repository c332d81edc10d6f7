-- One row per finding about the person on one night.
select distinct
    finding.finding_no,
    finding.rule_code,
    finding.period,
    finding.state,
    finding.sentence,
    finding.first_seen_on
from finding
where
    finding.subject_id in (select known.number from known)
    or finding.person_key in (select asked.person_key from asked)
order by finding.rule_code, finding.period, finding.finding_no
