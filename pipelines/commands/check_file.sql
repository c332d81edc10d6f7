-- One row per file given.
select file, outcome, issue_code, snapshot_on
from ing_file
order by file
