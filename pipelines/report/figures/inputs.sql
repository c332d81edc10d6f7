-- One row per file found.
select file, sha256, bytes, outcome, issue_code, sources, snapshot_on, dated_by, rows
from ing_file
order by file;
