-- One row per other row about the same person.
select record.*
from record
inner join asked on record.person_key = asked.person_key
where
    (record.file, coalesce(record.sheet, ''), record.row_no)
    <> (asked.file, coalesce(asked.sheet, ''), asked.row_no)
order by record.source, record.file, record.sheet, record.row_no
