-- One row per row of that place; a file may be called by its name alone.
select record.*
from record
inner join asked
    on
        record.row_no = asked.row_no
        and coalesce(record.sheet, '') = coalesce(asked.sheet, '')
        and (
            record.file = asked.file
            or ends_with(record.file, '/' || asked.file)
            or ends_with(record.file, '!' || asked.file)
        )
order by record.file <> asked.file, record.file, record.source
