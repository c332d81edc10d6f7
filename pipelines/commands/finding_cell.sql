-- One row per cell that the finding rests on.
select evidence.*
from evidence
inner join asked on evidence.finding_no = asked.finding_no
order by evidence.cell_no
