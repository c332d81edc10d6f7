-- One row per team: what its book of tonight holds, what changed in it, what waits.
select
    copy.township,
    coalesce(copy.village, '（乡镇）') as village,
    team.doors::bigint as doors,
    copy.out_doors,
    copy.out_count,
    copy.new_count,
    copy.changed_count,
    copy.same_count,
    copy.withdrawn_count,
    copy.queued_doors,
    copy.queued_count,
    copy.queued_yuan::bigint as queued_yuan,
    copy.resting_count,
    copy.replaces_on
from out_copy as copy
left join out_team as team
    on
        team.audience = copy.audience
        and team.township is not distinct from copy.township
        and team.village is not distinct from copy.village
order by copy.township, copy.audience, copy.village;
