-- One row per period in which the person stands on the list of entitled students.
select enrolled.*
from list_enrolled as enrolled
inner join asked on enrolled.person_id = asked.person_id
order by enrolled.period
