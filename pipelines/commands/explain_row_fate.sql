-- What became of a row that is nobody's.
select ledger.disposition
from ledger
inner join asked
    on
        ledger.row_no = asked.row_no
        and coalesce(ledger.sheet, '') = coalesce(asked.sheet, '')
        and (ledger.file = asked.file or ends_with(ledger.file, '/' || asked.file))
order by ledger.file
