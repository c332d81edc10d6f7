-- One row per roster row without any number to compare (or whose namesake in the
-- register has none) and namesake of the same village or head, with the reason why
-- that one is not it, if there is one. Missing values are no reason.
create or replace table lnk_namesake as
with numbered as (
    select
        person_key,
        bool_or(number is not null or kept is not null) as has_number
    from lnk_known
    group by person_key
),

departed as (
    select
        person_key,
        min(departed_on) as departed_on
    from lnk_departure
    group by person_key
),

pair as (
    select
        line.row_id,
        line.unit,
        line.period_starts_on,
        line.number_class,
        line.number,
        line.is_good,
        line.sex as row_sex,
        neighbour.person_key,
        neighbour.is_same_village,
        neighbour.is_same_head,
        neighbour.is_other_head,
        neighbour.is_own_in_head_column,
        numbered.has_number
    from lnk_row as line
    inner join lnk_neighbour as neighbour on neighbour.probe_key = line.probe_key
    inner join numbered on numbered.person_key = neighbour.person_key
    anti join lnk_exact as exact on exact.row_id = line.row_id
    anti join lnk_school_no as school on school.row_id = line.row_id
    anti join lnk_denied as denied
        on
            denied.line_key = line.line_key
            and denied.person_key = neighbour.person_key
    anti join lnk_possible as possible
        on
            possible.number = coalesce(line.number, line.kept)
            and possible.name_key = line.name_key
    -- a number on both sides that does not fit: that is somebody else
    where line.number_class in ('none', 'short') or not numbered.has_number
),

listed as (
    select distinct
        unit,
        person_key
    from lnk_listed
),

-- the fragment of a number that the row gives is part of that person's
begun as (
    select distinct
        line.row_id,
        neighbour.person_key
    from lnk_row as line
    inner join lnk_neighbour as neighbour on neighbour.probe_key = line.probe_key
    inner join lnk_known_number as known
        on
            known.person_key = neighbour.person_key
            and contains(known.number, line.id_number_pid)
    where line.number_class = 'short'
)

select
    pair.row_id,
    pair.unit,
    pair.person_key,
    pair.is_same_village,
    pair.is_same_head,
    pair.is_own_in_head_column,
    begun.row_id is not null as is_begun,
    departed.departed_on < pair.period_starts_on as is_departed,
    case
        when pair.is_other_head then 'head_differs'
        when pair.row_sex <> person.sex then 'sex_differs'
        when
            pair.is_good
            and person.birth_on is not null
            and person.birth_on <> id_birth(pair.number)
            then 'birth_differs'
        when
            age_on(person.birth_on, pair.period_starts_on) < lnk_limit.student_age_from
            or age_on(person.birth_on, pair.period_starts_on) > lnk_limit.student_age_to
            then 'age_differs'
        -- the row gives a whole number, the register none: name and village are less
        -- than that number says, so head or birth date has to agree
        when
            pair.number_class in ('pid', 'text', 'cut')
            and not pair.is_same_head
            and person.birth_on is null
            then 'too_little'
        -- whoever stands on this roster by number is not its nameless cousin
        when listed.person_key is not null and not pair.is_same_head then 'listed'
    end as reason
from pair
inner join lnk_person as person on person.person_key = pair.person_key
cross join lnk_limit
left join departed on departed.person_key = pair.person_key
left join listed
    on listed.person_key = pair.person_key and listed.unit = pair.unit
left join begun
    on begun.row_id = pair.row_id and begun.person_key = pair.person_key;

-- One row per roster row and person it may be by name, home and age alone. Whose number
-- has the fragment that the row gives comes before all others; somebody under the head
-- that the row names before anybody who merely lives there; who had left before the
-- period began gives way to a living namesake. A name that several bear is worth less:
-- that one of them stands on the roster already does not make the row the other one's.
create or replace table lnk_possible_namesake as
with begun as (
    select *
    from lnk_namesake
    where reason is null or reason = 'listed'
    qualify is_begun or not bool_or(is_begun) over (partition by row_id)
),

believed as (
    select
        row_id,
        unit,
        person_key,
        is_same_village,
        is_same_head,
        is_own_in_head_column,
        coalesce(is_departed, false) as is_departed,
        reason
    from begun
    qualify is_same_head or not bool_or(is_same_head) over (partition by row_id)
)

select
    row_id,
    unit,
    person_key,
    is_same_village,
    is_same_head,
    is_own_in_head_column
from believed
qualify
    (not is_departed or bool_and(is_departed) over (partition by row_id))
    and bool_or(reason is null) over (partition by row_id);

-- One row per roster row with exactly one such person, and why that may still not be
-- enough ('doubt'). Contested: two rows of one period mean the same person on a name
-- and a village; a cousin may be among them. Short: the fragment of a number that is
-- no part of that person's is neither missing nor evidence.
create or replace table lnk_single_namesake as
with alone as (
    select
        row_id,
        min(unit) as unit,
        min(person_key) as person_key,
        bool_or(is_same_head) as is_same_head,
        bool_or(is_own_in_head_column) as is_own_in_head_column
    from lnk_possible_namesake
    group by row_id
    having count(*) = 1
),

begun as (
    select
        alone.row_id,
        case
            when bool_or(starts_with(known.number, line.id_number_pid))
                then 'number_begun'
            else 'number_part'
        end as begun
    from alone
    inner join lnk_row as line on line.row_id = alone.row_id
    inner join lnk_known_number as known on known.person_key = alone.person_key
    where
        line.number_class = 'short'
        and contains(known.number, line.id_number_pid)
    group by alone.row_id
)

select
    alone.row_id,
    alone.person_key,
    alone.is_own_in_head_column,
    begun.begun,
    case
        when line.number_class = 'short' and begun.row_id is null then 'short'
        when count(*) over same_person > 1 and not bool_and(is_same_head) over same_person
            then 'contested'
    end as doubt
from alone
inner join lnk_row as line on line.row_id = alone.row_id
left join begun on begun.row_id = alone.row_id
window same_person as (partition by alone.unit, alone.person_key);
