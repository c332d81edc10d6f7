-- One row per kind of book.
select audience, count(*) as items
from out_item
group by audience
order by audience;
