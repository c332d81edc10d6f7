-- One row per night, this one last: what was new, open, held, and settled that night.
with told as (
    select
        as_of,
        unnest(map_values(stated.findings)) as states
    from (
        select
            as_of,
            from_json(counts, '{"findings": "map(varchar, map(varchar, bigint))"}') as stated
        from his_run
    ) as run_
),

entries as (
    select
        as_of,
        unnest(map_entries(states)) as entry
    from told
),

nights as (
    select
        as_of,
        entry.key as state,
        entry.value as findings
    from entries
    union all
    select
        run.as_of,
        finding.state,
        count(*) as findings
    from fnd_finding as finding
    cross join run
    group by run.as_of, finding.state
),

summed as (
    select
        as_of,
        sum(findings) filter (where state in ('new', 'reopened')) as new_count,
        sum(findings) filter (where state in ('open', 'issued')) as open_count,
        sum(findings) filter (where state in ('answered', 'awaiting_proof')) as waiting_count,
        sum(findings) filter (where state = 'held') as held_count,
        sum(findings) filter (where state in ('closed', 'waived')) as done_count
    from nights
    group by as_of
    order by as_of desc
    limit 30
)

select
    as_of::varchar as as_of,
    coalesce(new_count, 0)::bigint as new_count,
    coalesce(open_count, 0)::bigint as open_count,
    coalesce(waiting_count, 0)::bigint as waiting_count,
    coalesce(held_count, 0)::bigint as held_count,
    coalesce(done_count, 0)::bigint as done_count
from summed
order by summed.as_of;
