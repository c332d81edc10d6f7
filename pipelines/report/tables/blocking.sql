-- One line per way in which roster rows and people came to be compared ('all': the ways
-- of name and home together, with an estimate of what they miss).
select
    rule,
    pairs,
    linked,
    only_here,
    audited,
    reached,
    missed_estimate
from lnk_blocking
order by rule
