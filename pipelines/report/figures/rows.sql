-- One row per source and disposition; sheets of no source under ''.
select coalesce(source, '') as source, disposition, count(*) as lines
from ing_ledger
group by source, disposition
order by source, disposition;
