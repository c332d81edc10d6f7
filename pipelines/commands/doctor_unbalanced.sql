-- One row per sheet whose ledger has a gap or a row twice.
select file, sheet
from ledger
group by file, sheet
having count(*) <> max(row_no) or count(*) <> count(distinct row_no)
order by file, sheet
