-- One row per finding that rests on the row.
select distinct
    finding.finding_no,
    finding.sentence
from evidence
inner join asked
    on
        evidence.file = asked.file
        and evidence.sheet is not distinct from asked.sheet
        and evidence.row_no = asked.row_no
inner join finding on finding.finding_no = evidence.finding_no
order by finding.finding_no
