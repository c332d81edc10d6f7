-- One row: the finding that was asked for.
select finding.*
from finding
inner join asked on finding.finding_no = asked.finding_no
