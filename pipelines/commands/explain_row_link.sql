-- The link of a roster row.
select link.*
from link
inner join asked
    on
        link.file = asked.file
        and link.sheet is not distinct from asked.sheet
        and link.row_no = asked.row_no
