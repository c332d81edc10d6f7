-- Limits of this stage, as one row. What settings do not name has its default here.
create or replace table lnk_limit as
select
    coalesce(max(value) filter (where name = 'fresh_days'), 62) as fresh_days,
    coalesce(max(value) filter (where name = 'shrink_share'), 0.1) as shrink_share,
    coalesce(max(value) filter (where name = 'shrink_memory_days'), 30)
        as shrink_memory_days,
    coalesce(max(value) filter (where name = 'period_shrink_share'), 0.5)
        as period_shrink_share,
    coalesce(max(value) filter (where name = 'payment_cover_share'), 0.5)
        as payment_cover_share,
    coalesce(max(value) filter (where name = 'student_age_from'), 12)
        as student_age_from,
    coalesce(max(value) filter (where name = 'student_age_to'), 50) as student_age_to,
    coalesce(max(value) filter (where name = 'scope_age_from'), 14) as scope_age_from,
    coalesce(max(value) filter (where name = 'scope_age_to'), 30) as scope_age_to
from ref_setting;

-- One row per known village: of the reference, of the alias list, of the register.
-- The register's own places make any county work, not only those of the reference.
create or replace table lnk_place as
with named as (
    select
        township_key,
        township,
        village_key,
        village,
        1 as rank,
        1 as times
    from ref_place
    where village_key is not null

    union all

    select
        township_key,
        township,
        village_key,
        village,
        2 as rank,
        count(*) as times
    from stg_monitored_person
    where township_key is not null and village_key is not null
    group by all
)

select
    township_key,
    village_key,
    village,
    bool_or(rank = 1) over (partition by township_key, village_key) as is_reference
from named
-- the reference's spelling, else the commonest, else the first in code order
qualify
    row_number() over (
        partition by township_key, village_key
        order by rank, times desc, village
    ) = 1;

-- One row per known township with the name that reports use.
create or replace table lnk_township as
with named as (
    select township_key, township, 1 as rank, 1 as times
    from ref_place
    where township_key is not null

    union all

    select township_key, township, 2 as rank, count(*) as times
    from stg_monitored_person
    where township_key is not null
    group by township_key, township
)

select township_key, township
from named
qualify
    row_number() over (
        partition by township_key order by rank, times desc, township
    ) = 1;

-- One row per place as written in any source, with the place it stands for and why
-- that may be in doubt: null | unknown | ambiguous. Empty keys stand for "not given".
create or replace table lnk_place_seen as
with seen as (
    select township_key, village_key from stg_monitored_person
    union
    select township_key, village_key from stg_yulu_roster
    union
    select township_key, village_key from stg_member_departure
    union
    select township_key, village_key from stg_yulu_payment
),

-- a line of the county's own mapping: of one village, or of every village of a township
mapped as (
    select
        seen.township_key as seen_township_key,
        seen.village_key as seen_village_key,
        coalesce(target.township_key, seen.township_key) as township_key,
        coalesce(place.village_key, seen.village_key) as village_key
    from seen
    left join ref_place_alias as exact
        on
            exact.township_seen_key is not distinct from seen.township_key
            and exact.village_seen_key is not distinct from seen.village_key
    left join ref_place_alias as whole
        on
            whole.township_seen_key = seen.township_key
            and whole.village_seen_key is null
            and exact.township is null
    left join lnk_township as target
        on target.township = coalesce(exact.township, whole.township)
    left join lnk_place as place
        on
            place.township_key = target.township_key
            and place.village = coalesce(exact.village, whole.village)
    qualify
        row_number() over (
            partition by seen.township_key, seen.village_key
            order by
                coalesce(exact.township, whole.township),
                target.township_key,
                place.village_key
        ) = 1
),

-- 羊坊村 stands in two townships of one county: without the township it is nobody's
homonym as (
    select
        village_key,
        count(distinct township_key) as townships,
        min(township_key) as township_key
    from lnk_place
    group by village_key
),

resolved as (
    select
        mapped.seen_township_key,
        mapped.seen_village_key,
        mapped.village_key,
        case
            when mapped.township_key is null and homonym.townships = 1
                then homonym.township_key
            else mapped.township_key
        end as township_key,
        mapped.township_key is null and homonym.townships > 1 as is_ambiguous
    from mapped
    left join homonym on homonym.village_key = mapped.village_key
)

select
    resolved.seen_township_key,
    resolved.seen_village_key,
    resolved.township_key,
    resolved.village_key,
    township.township,
    place.village,
    case
        when resolved.is_ambiguous then 'ambiguous'
        when place.village_key is null then 'unknown'
    end as doubt
from resolved
left join lnk_township as township on township.township_key = resolved.township_key
left join lnk_place as place
    on
        place.township_key = resolved.township_key
        and place.village_key = resolved.village_key;
