-- One row per roster row and person it may be, of the best kind of reason that it has:
-- what was chosen from, and what an ambiguous row lists.
create or replace table lnk_candidate as
select
    line.row_id as roster_row_id,
    possible.person_key,
    possible.tier,
    possible.person_number,
    possible.distance,
    possible.digits,
    possible.is_same_village,
    possible.is_same_head
from lnk_row as line
inner join lnk_possible as possible
    on
        possible.number = coalesce(line.number, line.kept)
        and possible.name_key = line.name_key
anti join lnk_exact as exact on exact.row_id = line.row_id

union all

select
    row_id as roster_row_id,
    person_key,
    'no_id' as tier,
    null as person_number,
    null as distance,
    null as digits,
    is_same_village,
    is_same_head
from lnk_possible_namesake

union all

-- people about whom answers contradict each other may still be meant
select distinct
    line.row_id as roster_row_id,
    verdict.person_key,
    'decision' as tier,
    null as person_number,
    null as distance,
    null as digits,
    false as is_same_village,
    false as is_same_head
from lnk_row as line
inner join lnk_frozen as frozen on frozen.line_key = line.line_key
inner join lnk_verdict as verdict on verdict.line_key = line.line_key
where
    (line.row_id, verdict.person_key) not in (
        select
            other.row_id,
            possible.person_key
        from lnk_row as other
        inner join lnk_possible as possible
            on
                possible.number = coalesce(other.number, other.kept)
                and possible.name_key = other.name_key

        union all

        select
            row_id,
            person_key
        from lnk_possible_namesake
    );

-- One row per roster row: the person it is linked to and why, or why to nobody.
create or replace table lnk_choice as
with chosen as (
    select
        row_id,
        person_key,
        tier,
        case when tier = 'decision' then 'decided' else 'certain' end as standing,
        null as doubt
    from lnk_exact

    union all

    select
        line.row_id,
        single.person_key,
        single.tier,
        'proposed' as standing,
        case when single.is_contested then 'contested' end as doubt
    from lnk_row as line
    inner join lnk_single as single
        on
            single.number = coalesce(line.number, line.kept)
            and single.name_key = line.name_key
    anti join lnk_exact as exact on exact.row_id = line.row_id

    union all

    select
        row_id,
        person_key,
        'student_no' as tier,
        'certain' as standing,
        null as doubt
    from lnk_school_no

    union all

    select
        row_id,
        person_key,
        'no_id' as tier,
        'proposed' as standing,
        doubt
    from lnk_single_namesake
),

several as (
    select distinct roster_row_id as row_id
    from lnk_candidate
)

select
    line.row_id,
    case when frozen.line_key is not null then 'decisions_differ' else chosen.doubt end
        as doubt,
    case
        when frozen.line_key is null and chosen.doubt is null then chosen.person_key
    end as person_key,
    case
        when frozen.line_key is not null then 'ambiguous'
        when chosen.row_id is not null and chosen.doubt is null then chosen.tier
        when several.row_id is not null then 'ambiguous'
        else 'none'
    end as tier,
    case
        when frozen.line_key is not null then 'ambiguous'
        when chosen.row_id is not null and chosen.doubt is null then chosen.standing
        when several.row_id is not null then 'ambiguous'
        else 'unlinked'
    end as standing
from lnk_row as line
left join chosen on chosen.row_id = line.row_id
left join several on several.row_id = line.row_id
left join lnk_frozen as frozen on frozen.line_key = line.line_key;
