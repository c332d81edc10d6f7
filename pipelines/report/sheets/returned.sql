-- One row per row of a workbook that came back: what was refused first.
select
    file,
    place,
    number,
    outcome,
    said,
    decided_by,
    decided_on,
    fate,
    told
from out_returned
order by file, rank, sheet, row_no;
