-- One row per night, this one last: what was new, open, held, and settled that night,
-- and the yuan of both. Nights that did not state their yuan leave it empty.
with stated as (
    select
        as_of,
        from_json(
            counts,
            '{"findings": "map(varchar, map(varchar, bigint))", "yuan": "map(varchar, bigint)"}'
        ) as told
    from his_run
),

told as (
    select
        as_of,
        unnest(map_values(told.findings)) as states
    from stated
),

amounts as (
    select
        as_of,
        unnest(map_entries(told.yuan)) as entry
    from stated
),

yuans as (
    select
        as_of,
        entry.key as state,
        entry.value as yuan
    from amounts
    union all
    select
        run.as_of,
        finding.state,
        coalesce(finding.yuan_at_stake, 0) as yuan
    from fnd_finding as finding
    cross join run
),

money as (
    select
        as_of,
        coalesce(
            sum(yuan) filter (where state not in ('held', 'closed', 'waived')), 0
        )::bigint as yuan,
        coalesce(sum(yuan) filter (where state = 'closed'), 0)::bigint as done_yuan
    from yuans
    group by as_of
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
    summed.as_of::varchar as as_of,
    coalesce(summed.new_count, 0)::bigint as new_count,
    coalesce(summed.open_count, 0)::bigint as open_count,
    coalesce(summed.waiting_count, 0)::bigint as waiting_count,
    coalesce(summed.held_count, 0)::bigint as held_count,
    coalesce(summed.done_count, 0)::bigint as done_count,
    money.yuan,
    money.done_yuan
from summed
left join money on summed.as_of = money.as_of
order by summed.as_of;
