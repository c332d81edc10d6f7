-- One row per sheet read, and per reason for which files were not: what arrived, what
-- became of it, and what to do next. Reading itself makes these lines.
select
    outcome,
    file,
    sheet,
    taken_for,
    snapshot_on,
    dated_by,
    period,
    accepted,
    held,
    duplicate,
    superseded,
    other,
    stated,
    noticed,
    todo,
    issue_code
from ing_receipt
order by receipt_no;
