-- One row per kind of book.
select audience, count(*) as items
from out_item
where standing in ('out', 'county')
group by audience
order by audience;
