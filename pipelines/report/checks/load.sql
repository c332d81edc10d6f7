-- One row per question that got lost between being found and being asked, per household
-- torn apart, per team with more than it declared: derived from out_item alone.
with door as (
    select
        audience,
        township,
        village,
        household_key,
        bool_and(change in ('new', 'again')) as is_fresh
    from out_item
    where standing = 'out'
    group by audience, township, village, household_key
)

select '问题既没有下发也没有排队：' || finding_no as shortfall
from out_item
where standing is null or (standing = 'out') <> (change is not null)
union all
select '同一户的问题没有放在一起：' || coalesce(township, '') || coalesce(village, '')
from out_item
where standing in ('out', 'queued')
group by audience, township, village, household_key
having count(distinct standing) > 1
union all
select '超过工作队申报的户数：' || coalesce(team.township, '') || coalesce(team.village, '')
from out_team as team
inner join door
    on
        door.audience = team.audience
        and door.township is not distinct from team.township
        and door.village is not distinct from team.village
group by team.audience, team.township, team.village, team.doors
having count(*) > team.doors and count(*) filter (where door.is_fresh) > 0
order by shortfall;
