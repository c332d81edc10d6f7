-- One row per finding about the person on one night.
select
    finding.finding_no,
    finding.rule_code,
    finding.period,
    finding.state,
    finding.sentence,
    finding.first_seen_on
from finding
inner join asked on finding.subject_id = asked.person_id
order by finding.rule_code, finding.period, finding.finding_no
