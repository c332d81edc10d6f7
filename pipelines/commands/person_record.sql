-- One row per row of any source about the person.
select distinct record.*
from record
inner join asked on record.person_key = asked.person_key
order by record.source, record.snapshot_on, record.period, record.file, record.sheet, record.row_no
