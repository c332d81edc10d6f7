-- One row per finding that is not as the published form asks (spec section 5).
select '问题缺少说明或来源：' || finding_no as shortfall
from fnd_finding
where coalesce(sentence, '') = '' or coalesce(len(source_rows), 0) = 0
union all
select '搁置状态与搁置原因不一致：' || finding_no
from fnd_finding
where (state = 'held') <> (held_reason is not null)
union all
select '问题的状态、程度、责任或对象类别不在列表中：' || finding_no
from fnd_finding
where
    coalesce(state, '') not in (
        'new', 'open', 'issued', 'answered', 'awaiting_proof', 'closed', 'reopened',
        'waived', 'held'
    )
    or coalesce(severity, '') not in ('A', 'B', 'C', 'I')
    or coalesce(owner, '') not in (
        'village', 'township', 'county', 'operator', 'school', 'bank'
    )
    or coalesce(subject_kind, '') not in ('person', 'household', 'account', 'file', 'place')
union all
select '问题编号重复：' || finding_no
from fnd_finding
group by finding_no
having count(*) > 1
union all
select '同一问题出现两次：' || min(finding_no)
from fnd_finding
group by rule_code, subject_kind, subject_id, period
having count(*) > 1
order by shortfall;
