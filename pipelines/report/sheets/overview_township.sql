-- One row per township: open findings by severity, households, persons, yuan at stake.
with items as (
    select
        *,
        coalesce(township, '（乡镇待定）') as place,
        case when subject_kind = 'person' then subject_key end as person,
        case
            when subject_kind in ('person', 'household')
                then concat_ws('|', township, household_key)
        end as household
    from out_item
)

select
    coalesce(place, '合计') as township,
    count(*) as findings,
    count(*) filter (where severity = 'A') as a_count,
    count(*) filter (where severity = 'B') as b_count,
    count(*) filter (where severity not in ('A', 'B')) as c_count,
    count(distinct household) as households,
    count(distinct person) as people,
    sum(yuan_at_stake)::bigint as yuan,
    count(*) filter (where standing = 'out') as out_count,
    count(*) filter (where standing in ('queued', 'resting')) as waiting
from items
group by grouping sets ((place), ())
having count(*) > 0
order by grouping(place), findings desc, place;
