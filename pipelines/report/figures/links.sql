-- One row per tier.
select tier, count(*) as links
from lnk_roster
group by tier
order by tier;
