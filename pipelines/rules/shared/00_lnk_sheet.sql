-- One row = one sheet with the columns that its headings fill.
select
    file,
    coalesce(sheet, '') as sheet,
    list_sort(list(distinct column_name) filter (where fate = 'used')) as columns
from ing_heading
group by file, coalesce(sheet, '')
