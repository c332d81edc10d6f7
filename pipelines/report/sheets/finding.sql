-- One row per finding, whatever its state.
select
    finding.finding_no,
    state.title as state,
    case item.standing
        when 'out' then '已下发 ' || item.asked_on::varchar
        when 'queued' then '排队（第 ' || item.queue_no::varchar || ' 户）'
        when 'resting' then '问过，' || item.rests_until::varchar || ' 起再问'
        when 'county' then '县级处理'
    end as sent,
    finding.severity,
    rule.title,
    finding.rule_code,
    finding.period,
    finding.township,
    finding.village,
    finding.name,
    finding.subject_id,
    owner.title as owner,
    finding.yuan_at_stake,
    finding.sentence,
    finding.observed,
    finding.expected,
    finding.held_reason,
    finding.first_seen_on,
    finding.last_seen_on,
    array_to_string(finding.source_rows, '；') as source_rows
from fnd_finding as finding
left join ref_rule as rule on finding.rule_code = rule.rule_code
left join out_item as item on finding.finding_no = item.finding_no
left join out_word as state on finding.state = state.word and state.list = 'state'
left join out_word as owner on finding.owner = owner.word and owner.list = 'owner'
order by
    case
        when finding.state in ('closed', 'waived') then 2 when finding.state = 'held' then 1 else 0
    end,
    finding.severity, finding.township nulls last, finding.village nulls last,
    finding.rule_code, finding.finding_no;
