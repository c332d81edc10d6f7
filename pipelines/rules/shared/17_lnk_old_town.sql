-- One row = one township of the reference that has no code of today, while others have.
select
    township,
    max(township_key) as township_key
from ref_place
where
    exists (
        select 1 from ref_place as today
        where today.village is null
    )
group by township
having not bool_or(village is null)
