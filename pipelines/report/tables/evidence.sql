-- One line per finding and cell that speaks for it.
select finding_no, cell_no, source, file, sheet, row_no, cell, field, value
from out_evidence
order by finding_no, cell_no
