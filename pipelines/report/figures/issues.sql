-- One row per issue code.
select issue_code, count(*) as issues
from ing_issue
group by issue_code
order by issue_code;
