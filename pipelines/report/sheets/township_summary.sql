-- One row per township and village: what its book asks, households, persons and yuan apart.
with items as (
    select
        *,
        case when subject_kind = 'person' then subject_key end as person,
        concat_ws('|', village, household_key) as household
    from out_item
    where audience = 'village'
)

select
    township,
    coalesce(village, '合计') as village,
    count(*) as items,
    count(*) filter (where severity = 'A') as a_count,
    count(*) filter (where severity = 'B') as b_count,
    count(*) filter (where severity not in ('A', 'B')) as c_count,
    count(distinct household) as households,
    count(distinct person) as people,
    sum(yuan_at_stake)::bigint as yuan
from items
group by grouping sets ((township, village), (township))
order by township, grouping(village), items desc, items.village;
