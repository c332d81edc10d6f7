-- Every file found.
select
    file, sha256, bytes, sniffed_type, sources, snapshot_on, dated_by, rows, stated_rows,
    outcome, issue_code
from ing_file
order by file
