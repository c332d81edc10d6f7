-- One row per finding that went, or did not go, where it should: derived from the
-- published columns alone.
with due as (
    select
        finding_no,
        case
            when owner = 'village' and village is not null and township is not null
                then 'village'
            when owner in ('village', 'township') and township is not null then 'township'
            else 'county'
        end as audience,
        township,
        village
    from fnd_finding
    where state not in ('answered', 'awaiting_proof', 'closed', 'waived', 'held')
)

select '问题的去向不对：' || coalesce(due.finding_no, item.finding_no) as shortfall
from due
full outer join out_item as item on due.finding_no = item.finding_no
where
    due.audience is distinct from item.audience
    or due.township is distinct from item.township
    or due.village is distinct from item.village
union all
select '问题编号重复：' || finding_no
from out_item
group by finding_no
having count(*) > 1
union all
select '问题没有对应的规则说明：' || rule_code
from out_item
where title is null
group by rule_code
order by shortfall;
