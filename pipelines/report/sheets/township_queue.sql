-- One row per question of the township that waits: in its team's line, or because the
-- people were asked lately.
select
    township,
    coalesce(village, '（乡镇）') as village,
    queue_no,
    finding_no,
    head_name,
    name,
    title,
    severity,
    yuan_at_stake,
    first_seen_on,
    case standing
        when 'resting' then '近期问过，' || rests_until::varchar || ' 起再问'
        else '排队，前面的交回后下发'
    end as why
from out_item
where standing in ('queued', 'resting')
order by
    township, audience desc, village nulls first, standing, queue_no nulls last, severity,
    finding_no;
