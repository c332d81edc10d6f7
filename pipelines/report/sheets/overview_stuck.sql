-- One row per owner and the total: tonight's questions by the days they have waited.
with items as (
    select
        item.owner,
        item.yuan_at_stake,
        item.first_seen_on,
        date_diff('day', item.first_seen_on, run.as_of) as days
    from out_item as item
    cross join run
)

select
    coalesce(word.title, items.owner, '合计') as owner,
    count(*) as findings,
    count(*) filter (where items.days <= 7) as week_count,
    count(*) filter (where items.days between 8 and 30) as month_count,
    count(*) filter (where items.days between 31 and 90) as quarter_count,
    count(*) filter (where items.days > 90) as longer_count,
    case when grouping(items.owner) = 0 then min(items.first_seen_on) end as oldest_on,
    coalesce(sum(items.yuan_at_stake), 0)::bigint as yuan
from items
left join out_word as word on word.list = 'owner' and word.word = items.owner
group by grouping sets ((items.owner, word.title), ())
having count(*) > 0
order by grouping(items.owner), longer_count desc, quarter_count desc, findings desc, owner;
