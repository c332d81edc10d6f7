-- One line per question that did not go out tonight, and why: its team has its hands full
-- (queue_no is the household's place in the line), or the people were asked lately.
select
    finding_no,
    audience,
    township,
    village,
    standing,
    queue_no,
    rests_until,
    rule_code,
    severity,
    yuan_at_stake
from out_item
where standing in ('queued', 'resting')
order by finding_no;
