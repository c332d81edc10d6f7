-- One row per outcome.
select outcome, count(*) as files
from ing_file
group by outcome
order by outcome;
