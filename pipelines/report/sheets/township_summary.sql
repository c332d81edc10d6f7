-- One row per township and village: what its book asks, households, persons and yuan
-- apart, and what waits for the next one.
with items as (
    select
        *,
        case when standing = 'out' and subject_kind = 'person' then subject_key end
            as person,
        case when standing = 'out' then concat_ws('|', village, household_key) end
            as household
    from out_item
    where audience = 'village'
)

select
    township,
    coalesce(village, '合计') as village,
    count(*) filter (where standing = 'out') as items,
    count(*) filter (where standing = 'out' and severity = 'A') as a_count,
    count(*) filter (where standing = 'out' and severity = 'B') as b_count,
    count(*) filter (where standing = 'out' and severity not in ('A', 'B')) as c_count,
    count(distinct household) as households,
    count(distinct person) as people,
    coalesce(sum(yuan_at_stake) filter (where standing = 'out'), 0)::bigint as yuan,
    count(*) filter (where standing <> 'out') as waiting
from items
group by grouping sets ((township, village), (township))
order by township, grouping(village), items desc, items.village;
