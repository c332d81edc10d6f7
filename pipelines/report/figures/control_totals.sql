-- One row per source with amounts and file: rows accepted and their sum in fen.
select 'yulu_roster' as source, file, count(*) as rows, coalesce(sum(amount_fen), 0)::bigint as fen
from stg_yulu_roster
group by file
union all
select 'yulu_payment', file, count(*), coalesce(sum(amount_fen), 0)::bigint
from stg_yulu_payment
group by file
order by source, file;
