-- Which of tonight's questions go out, which wait, and what leaves a team's hands.
--
-- A door is a household: it goes out whole or waits whole. A team has as many doors in
-- its hands as it declared. What it was asked lately keeps its place; the rest is ranked
-- by yuan, a day of waiting counting some more. Whoever answered is left alone for a
-- while, unless the evidence has changed.

-- One row per team that gets a book: how many doors it can carry.
create or replace table out_team as
with team as (
    select distinct
        audience,
        township,
        village
    from out_item
    where audience <> 'county'
)

select
    team.audience,
    team.township,
    team.village,
    coalesce(declared.doors, setting.value) as doors
from team
inner join ref_setting as setting on setting.name = team.audience || '_doors'
left join ref_load as declared
    on
        declared.place = case team.audience
            when 'village' then team.township || '/' || team.village
            else team.township
        end;

-- One row per question: how its team stands to it.
create or replace temp table out_stance as
with number as (
    select
        max(value) filter (where name = 'ask_again_days') as ask_again_days,
        max(value) filter (where name = 'deadline_days') as deadline_days
    from ref_setting
),

answered as (
    select
        finding_no,
        evidence_hash,
        max(asked_on) as asked_on
    from his_asked
    where left_because in ('answered', 'closed', 'waived')
    group by finding_no, evidence_hash
),

stated as (
    select
        item.*,
        md5(
            concat_ws(
                chr(31), coalesce(finding.observed, chr(30)),
                coalesce(finding.expected, chr(30))
            )
        ) as evidence_hash
    from out_item as item
    inner join fnd_finding as finding on finding.finding_no = item.finding_no
)

select
    stated.*,
    held.finding_no is not null as is_held,
    held.finding_no is not null and held.evidence_hash <> stated.evidence_hash
        as is_changed,
    coalesce(
        date_diff('day', held.asked_on, run.as_of) <= number.ask_again_days, false
    ) as is_lately,
    held.asked_on as held_since,
    held.due_on as held_due_on,
    case
        when
            held.finding_no is null and stated.audience <> 'county'
            and date_diff('day', answered.asked_on, run.as_of) <= number.ask_again_days
            then
                cast(
                    answered.asked_on + to_days(cast(number.ask_again_days as integer) + 1)
                    as date
                )
    end as rests_until,
    run.as_of,
    cast(run.as_of + to_days(cast(number.deadline_days as integer)) as date) as new_due_on
from stated
cross join run
cross join number
left join his_asked as held
    on
        held.finding_no = stated.finding_no
        and held.audience = stated.audience
        and held.township is not distinct from stated.township
        and held.village is not distinct from stated.village
        and held.left_because is null
left join answered
    on
        answered.finding_no = stated.finding_no
        and answered.evidence_hash = stated.evidence_hash;

-- One row per door that is not left alone altogether: its place in its team's line.
create or replace temp table out_door as
with door as (
    select
        standing.audience,
        standing.township,
        standing.village,
        standing.household_key,
        bool_or(standing.is_held and standing.is_lately) as is_kept,
        coalesce(sum(standing.yuan_at_stake), 0)
        + coalesce(max(setting.value), 0)
        * max(date_diff('day', standing.first_seen_on, standing.as_of)) as weight,
        min(standing.severity) as severity,
        min(standing.first_seen_on) as first_seen_on,
        min(standing.finding_no) as finding_no
    from out_stance as standing
    left join ref_setting as setting on setting.name = 'yuan_a_day'
    where standing.audience <> 'county' and standing.rests_until is null
    group by
        standing.audience, standing.township, standing.village, standing.household_key
),

placed as (
    select
        door.*,
        team.doors,
        row_number() over (
            partition by door.audience, door.township, door.village
            order by
                door.is_kept desc, door.weight desc, door.severity,
                door.first_seen_on, door.finding_no
        ) as place_no
    from door
    inner join out_team as team
        on
            team.audience = door.audience
            and team.township is not distinct from door.township
            and team.village is not distinct from door.village
)

select
    * exclude (doors),
    is_kept or place_no <= doors as is_out,
    row_number() over (
        partition by audience, township, village, is_kept or place_no <= doors
        order by place_no
    ) as queue_no
from placed;

-- One row per question, as 50_items made it, and what becomes of it tonight: out (with
-- what is new about it), queued, resting; a county question goes into no book.
create or replace table out_item as
select
    standing.* exclude (
        is_held, is_changed, is_lately, held_since, held_due_on, new_due_on, as_of
    ),
    case
        when standing.audience = 'county' then 'county'
        when standing.rests_until is not null then 'resting'
        when door.is_out then 'out'
        else 'queued'
    end as standing,
    case
        when not coalesce(door.is_out, false) then null
        when not standing.is_held then 'new'
        when standing.is_changed then 'changed'
        when standing.is_lately then 'same'
        else 'again'
    end as change,
    case
        when standing.is_held and not standing.is_changed and standing.is_lately
            then standing.held_since
        else standing.as_of
    end as asked_on,
    case
        when standing.is_held and not standing.is_changed and standing.is_lately
            then standing.held_due_on
        else standing.new_due_on
    end as due_on,
    case when not door.is_out then door.queue_no end as queue_no
from out_stance as standing
left join out_door as door
    on
        standing.rests_until is null
        and door.audience = standing.audience
        and door.township is not distinct from standing.township
        and door.village is not distinct from standing.village
        and door.household_key = standing.household_key;

-- What the teams' hands hold after tonight, and what left them lately: the memory of the
-- nights to come. One row per question and team.
create or replace table mem_asked as
with out_ as (
    select
        finding_no,
        audience,
        township,
        village,
        asked_on,
        due_on,
        evidence_hash
    from out_item
    where standing = 'out'
),

gone as (
    select
        held.*,
        finding.state,
        item.standing,
        item.finding_no is not null
        and (
            item.audience <> held.audience
            or item.township is distinct from held.township
            or item.village is distinct from held.village
        ) as is_moved
    from his_asked as held
    left join fnd_finding as finding on finding.finding_no = held.finding_no
    left join out_item as item on item.finding_no = held.finding_no
    where
        held.left_because is null
        and not exists (
            select 1
            from out_
            where
                out_.finding_no = held.finding_no
                and out_.audience = held.audience
                and out_.township is not distinct from held.township
                and out_.village is not distinct from held.village
        )
),

left_ as (
    select
        finding_no,
        audience,
        township,
        village,
        asked_on,
        due_on,
        evidence_hash,
        (select as_of from run) as left_on,
        case
            when is_moved then 'moved'
            when standing = 'queued' then 'yielded'
            when state in ('answered', 'awaiting_proof') then 'answered'
            when state in ('closed', 'waived', 'held') then state
            else 'gone'
        end as left_because
    from gone
)

select
    *,
    cast(null as date) as left_on,
    cast(null as varchar) as left_because
from out_
union all
select * from left_
union all
select earlier.*
from his_asked as earlier
cross join run
inner join ref_setting as setting on setting.name = 'ask_again_days'
where
    earlier.left_because is not null
    and date_diff('day', greatest(earlier.asked_on, earlier.left_on), run.as_of)
    <= setting.value
    and not exists (
        select 1
        from out_
        where
            out_.finding_no = earlier.finding_no
            and out_.audience = earlier.audience
            and out_.township is not distinct from earlier.township
            and out_.village is not distinct from earlier.village
    )
order by finding_no, audience, township, village, asked_on, left_on;

-- One row per question that a team need not ask any more: taken back tonight or lately.
-- A name only where the person is still of that place.
create or replace table out_withdrawn as
select
    asked.finding_no,
    asked.audience,
    asked.township,
    asked.village,
    asked.asked_on,
    asked.left_on,
    asked.left_because,
    asked.left_on = run.as_of as is_tonight,
    at_home.name,
    rule.title
from mem_asked as asked
cross join run
inner join ref_setting as setting on setting.name = 'deadline_days'
left join fnd_finding as finding on finding.finding_no = asked.finding_no
left join fnd_finding as at_home
    on
        at_home.finding_no = asked.finding_no
        and at_home.township is not distinct from asked.township
        and coalesce(asked.village, at_home.village, '') = coalesce(at_home.village, '')
left join ref_rule as rule on rule.rule_code = finding.rule_code
where
    asked.left_because is not null
    and date_diff('day', asked.left_on, run.as_of) <= setting.value;

-- One row per team and night's book: what changed in it against the copy it has.
create or replace table out_copy as
with place as (
    select distinct
        audience,
        township,
        village
    from out_item
    where audience <> 'county'
    union
    select distinct
        audience,
        township,
        village
    from out_withdrawn
),

counted as (
    select
        audience,
        township,
        village,
        count(*) filter (where change in ('new', 'again')) as new_count,
        count(*) filter (where change = 'changed') as changed_count,
        count(*) filter (where change = 'same') as same_count,
        count(*) filter (where standing = 'out') as out_count,
        count(*) filter (where standing = 'queued') as queued_count,
        count(*) filter (where standing = 'resting') as resting_count,
        count(distinct household_key) filter (where standing = 'out') as out_doors,
        count(distinct household_key) filter (where standing = 'queued') as queued_doors,
        coalesce(sum(yuan_at_stake) filter (where standing = 'queued'), 0)
            as queued_yuan
    from out_item
    group by audience, township, village
),

taken as (
    select
        audience,
        township,
        village,
        count(*) filter (where is_tonight) as withdrawn_count
    from out_withdrawn
    group by audience, township, village
)

select
    place.*,
    case
        when exists (
            select 1
            from his_asked as earlier
            where
                earlier.audience = place.audience
                and earlier.township is not distinct from place.township
                and earlier.village is not distinct from place.village
        ) then (select max(as_of) from his_run)
    end as replaces_on,
    coalesce(counted.new_count, 0) as new_count,
    coalesce(counted.changed_count, 0) as changed_count,
    coalesce(counted.same_count, 0) as same_count,
    coalesce(taken.withdrawn_count, 0) as withdrawn_count,
    coalesce(counted.out_count, 0) as out_count,
    coalesce(counted.out_doors, 0) as out_doors,
    coalesce(counted.queued_count, 0) as queued_count,
    coalesce(counted.queued_doors, 0) as queued_doors,
    coalesce(counted.queued_yuan, 0) as queued_yuan,
    coalesce(counted.resting_count, 0) as resting_count
from place
left join counted
    on
        counted.audience = place.audience
        and counted.township is not distinct from place.township
        and counted.village is not distinct from place.village
left join taken
    on
        taken.audience = place.audience
        and taken.township is not distinct from place.township
        and taken.village is not distinct from place.village;
