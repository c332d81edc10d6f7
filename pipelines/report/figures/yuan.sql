-- One row per state: yuan at stake, for the nights to come to look back on.
select state, coalesce(sum(yuan_at_stake), 0)::bigint as yuan
from fnd_finding
group by state
order by state;
