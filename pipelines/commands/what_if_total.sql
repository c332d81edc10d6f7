-- One row = how many gain, lose, …: in all, by period, by township. Households and people
-- are counted once each, person-periods as often as they occur: none adds to another.
select
    case
        when grouping(unit_no) = 0 then 'period'
        when grouping(township) = 0 then 'township'
        else 'all'
    end as part,
    coalesce(unit_no, township, '合计') as name,
    change,
    count(distinct household) as households,
    count(distinct subject_key) as people,
    count(*) as person_periods,
    coalesce(sum(yuan), 0)::bigint as yuan,
    count(*) filter (where change in ('gain', 'lose', 'unpriced') and yuan is null)
        as unpriced
from what_if_change
group by grouping sets ((change), (unit_no, change), (township, change))
order by part, name, change;
