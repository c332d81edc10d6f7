-- One row per (number, name) and person within two typing errors (a digit wrong,
-- missing, too many, or two neighbours swapped), with the nearest number of theirs. One
-- field of the birth date taken for another (and the check character made to fit) is
-- one error too, however many digits it changes: for that the head must agree.
create or replace table lnk_near as
select
    neighbour.number_class,
    neighbour.number,
    neighbour.name_key,
    neighbour.person_key,
    'id_near' as tier,
    known.number as person_number,
    damerau_levenshtein(neighbour.number, known.number) as distance,
    neighbour.is_same_village,
    neighbour.is_same_head,
    neighbour.is_other_head
from lnk_near_pair as neighbour
inner join lnk_known_number as known on known.person_key = neighbour.person_key
where
    neighbour.number_class in ('pid', 'text')
    and abs(length(neighbour.number) - length(known.number)) <= 2
    and (
        damerau_levenshtein(neighbour.number, known.number) <= 2
        or (
            neighbour.is_same_head
            and birth_field_off(neighbour.number, known.number) is not null
        )
    )
qualify
    row_number() over (
        partition by neighbour.number, neighbour.name_key, neighbour.person_key
        order by distance, known.number
    ) = 1;

-- One row per (number, name) and person of that name whose number agrees as far as
-- Excel kept it, on whichever side it was cut. With the whole birth date kept, name
-- and digits are enough; with less, village or head must agree as well.
create or replace table lnk_cut as
with known as (
    select distinct
        claim.name_key,
        number.person_key,
        number.number,
        false as is_cut
    from lnk_known_number as number
    inner join lnk_claim as claim on claim.person_key = number.person_key

    union all

    -- the register's own export was cut, and no other snapshot knows the number
    select distinct
        cut.name_key,
        cut.person_key,
        cut.kept as number,
        true as is_cut
    from lnk_known as cut
    anti join lnk_known_number as whole on whole.person_key = cut.person_key
    where cut.kept is not null and cut.name_key is not null
),

wanted as (
    select
        number_class,
        number,
        name_key,
        bool_or(village_key is not null) as has_village,
        bool_or(head_name_key is not null or head_pid is not null) as has_head
    from lnk_probe
    where number is not null
    group by number_class, number, name_key
),

placed as (
    select
        person_key,
        bool_or(village_key is not null) as has_village,
        bool_or(head_name_key is not null or head_pid is not null) as has_head
    from lnk_claim
    where name_key in (select name_key from wanted)
    group by person_key
)

select
    wanted.number_class,
    wanted.number,
    wanted.name_key,
    known.person_key,
    'id_cut' as tier,
    known.number as person_number,
    least(length(wanted.number), length(known.number)) as digits,
    coalesce(neighbour.is_same_village, false) as is_same_village,
    coalesce(neighbour.is_same_head, false) as is_same_head
from wanted
inner join known
    on
        known.name_key = wanted.name_key
        and left(known.number, 10) = left(wanted.number, 10)
inner join placed on placed.person_key = known.person_key
left join lnk_near_pair as neighbour
    on
        neighbour.number = wanted.number
        and neighbour.name_key = wanted.name_key
        and neighbour.person_key = known.person_key
where
    (wanted.number_class = 'cut' or known.is_cut)
    and agrees(wanted.number, known.number)
    and (
        least(length(wanted.number), length(known.number)) >= 14
        or neighbour.is_same_village
        or neighbour.is_same_head
    )
    -- another village and another head: one of the many of that name and birthday
    and not (
        neighbour.person_key is null
        and wanted.has_village and wanted.has_head
        and placed.has_village and placed.has_head
    )
qualify
    row_number() over (
        partition by wanted.number, wanted.name_key, known.person_key
        order by digits desc, known.number
    ) = 1;

-- One row per (number, name) and person of lnk_near that was thought of and refused.
--
-- Two numbers that are both right (check character and date) are, two apart, hardly
-- ever one number mistyped: a single wrong digit or a swap always breaks the check
-- character. They are neighbours in the police's book: siblings, cousins born on one
-- day, of whom the other may be missing in the register. So such a pair needs the same
-- head and the same name as written ('both_right'), and a person who stands on a roster
-- of the same period under that very number is not to be had a second time ('taken').
-- Where both sides name a head and not the same one, a single error may still be one;
-- two are a cousin born on about that day ('head_differs').
create or replace table lnk_refused as
with listed as (
    select distinct
        exact.person_key,
        line.unit
    from lnk_exact as exact
    inner join lnk_row as line on line.row_id = exact.row_id
),

taken as (
    select distinct
        near.number,
        near.name_key,
        near.person_key
    from lnk_near as near
    inner join lnk_row as line
        on line.number = near.number and line.name_key = near.name_key
    inner join listed
        on listed.person_key = near.person_key and listed.unit = line.unit
),

written as (
    select distinct
        near.number,
        near.name_key,
        near.person_key
    from lnk_near as near
    inner join lnk_row as line
        on line.number = near.number and line.name_key = near.name_key
    inner join lnk_known as known
        on
            known.person_key = near.person_key
            and plain_name(known.name) = plain_name(line.name)
    where near.number_class = 'pid'
)

select
    near.number,
    near.name_key,
    near.person_key,
    case
        when not (is_good_id(near.number) and is_good_id(near.person_number))
            then 'head_differs'
        when taken.number is not null then 'taken'
        else 'both_right'
    end as reason
from lnk_near as near
left join taken
    on
        taken.number = near.number
        and taken.name_key = near.name_key
        and taken.person_key = near.person_key
left join written
    on
        written.number = near.number
        and written.name_key = near.name_key
        and written.person_key = near.person_key
where
    (near.is_other_head and near.distance >= 2)
    or (
        near.number_class = 'pid'
        and is_good_id(near.number)
        and is_good_id(near.person_number)
        and (
            taken.number is not null
            or not near.is_same_head
            or written.number is null
        )
    );
