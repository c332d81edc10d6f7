-- One row per place as written in any source, with the place it stands for and why
-- that may be in doubt: null | unknown | ambiguous. Empty keys stand for "not given".
-- `match_township_key` is what people are sought by: null also for an abolished township
-- that the county has not mapped, whose villages may be anywhere by now.
-- Needs lnk_place_read: county names, codes and whole addresses read (pipelines/places.py).
create or replace table lnk_place_seen as
-- a line of the county's own mapping: of one village, or of every village of a township
with mapped as (
    select
        seen.seen_township_key,
        seen.seen_village_key,
        coalesce(target.township_key, seen.township_key) as township_key,
        coalesce(place.village_key, seen.village_key) as village_key,
        coalesce(exact.valid_from, whole.valid_from) as mapped_from,
        target.township_key is not null as is_mapped
    from lnk_place_read as seen
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
            partition by seen.seen_township_key, seen.seen_village_key
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
        mapped.mapped_from,
        mapped.is_mapped,
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
        when not (township.is_abolished and not resolved.is_mapped)
            then resolved.township_key
    end as match_township_key,
    coalesce(township.is_abolished, false) as is_abolished,
    resolved.mapped_from,
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

-- One row per village that no list knows and place it may be, nearest first: what the
-- county is asked about. Nothing follows from it by itself.
create or replace table lnk_place_proposal as
with unknown as (
    select
        seen_township_key,
        seen_village_key,
        township_key,
        village_key
    from lnk_place_seen
    where doubt = 'unknown' and village_key is not null
)

select
    unknown.seen_township_key,
    unknown.seen_village_key,
    place.township_key,
    place.village_key,
    township.township,
    place.village,
    jaro_winkler_similarity(unknown.village_key, place.village_key) as similarity,
    row_number() over (
        partition by unknown.seen_township_key, unknown.seen_village_key
        order by
            jaro_winkler_similarity(unknown.village_key, place.village_key) desc,
            coalesce(place.township_key = unknown.township_key, false) desc,
            place.township_key,
            place.village_key
    ) as place_no
from unknown
inner join lnk_place as place
    on
        jaro_winkler_similarity(unknown.village_key, place.village_key) >= 0.6
        and (
            place.township_key = unknown.township_key
            or place.village_key = unknown.village_key
            or unknown.township_key is null
            or unknown.township_key not in (select township_key from lnk_township)
        )
inner join lnk_township as township on township.township_key = place.township_key
qualify place_no <= 3;
