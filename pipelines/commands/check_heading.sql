-- One row per heading that nobody declared, or that stands twice.
select file, column_no, heading, fate
from ing_heading
where fate in ('unknown', 'duplicate')
order by file, sheet, column_no
