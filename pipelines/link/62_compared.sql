-- One row per linked roster row: how it compares with everything its person was ever
-- described as. Null: one side says nothing, which is no evidence.
create or replace table lnk_compared as
with linked as (
    select
        choice.row_id,
        choice.person_key,
        choice.tier,
        line.name,
        line.name_key,
        line.township_key,
        line.village_key,
        line.head_pid,
        line.head_name_key,
        line.sex
    from lnk_choice as choice
    inner join lnk_row as line on line.row_id = choice.row_id
    where choice.person_key is not null
),

described as (
    select
        linked.row_id,
        bool_or(claim.name_key = linked.name_key) as is_same_name,
        bool_or(
            same_place(
                claim.township_key, claim.village_key,
                linked.township_key, linked.village_key
            )
        ) as is_same_village,
        bool_or(claim.head_pid = linked.head_pid) as is_same_head_pid,
        bool_or(claim.head_name_key = linked.head_name_key) as is_same_head_name
    from linked
    left join lnk_claim as claim on claim.person_key = linked.person_key
    group by linked.row_id
),

written as (
    select
        linked.row_id,
        bool_or(plain_name(known.name) = plain_name(linked.name)) as is_written_same
    from linked
    inner join lnk_known as known on known.person_key = linked.person_key
    group by linked.row_id
),

housed as (
    select
        linked.row_id,
        bool_or(
            coalesce(member.pid = linked.head_pid, false)
            or coalesce(member.name_key = linked.head_name_key, false)
        ) as is_head_member
    from linked
    inner join lnk_home as home on home.person_key = linked.person_key
    inner join lnk_home as member
        on
            member.household_no = home.household_no
            and member.snapshot_on = home.snapshot_on
            and member.person_key <> home.person_key
    where linked.head_pid is not null or linked.head_name_key is not null
    group by linked.row_id
)

select
    linked.row_id,
    linked.person_key,
    linked.tier,
    described.is_same_name,
    written.is_written_same,
    described.is_same_village,
    case
        when described.is_same_head_pid or described.is_same_head_name then 'head_same'
        when housed.is_head_member then 'head_member'
        when
            described.is_same_head_pid = false
            or described.is_same_head_name = false
            or housed.is_head_member = false
            then 'head_differs'
    end as head,
    linked.sex <> person.sex as is_other_sex,
    person.is_current,
    person.in_register,
    person.snapshot_on
from linked
inner join described on described.row_id = linked.row_id
inner join lnk_person as person on person.person_key = linked.person_key
left join written on written.row_id = linked.row_id
left join housed on housed.row_id = linked.row_id;

-- One row per roster row linked by a near number: where the two numbers part.
create or replace table lnk_parted as
with pair as (
    select
        candidate.roster_row_id as row_id,
        line.number,
        candidate.person_number,
        candidate.distance,
        case
            when length(line.number) = length(candidate.person_number)
                then
                    list_filter(
                        range(1, length(line.number) + 1),
                        lambda i: substr(line.number, i, 1)
                        <> substr(candidate.person_number, i, 1)
                    )
        end as positions
    from lnk_candidate as candidate
    inner join lnk_choice as choice
        on
            choice.row_id = candidate.roster_row_id
            and choice.person_key = candidate.person_key
    inner join lnk_row as line on line.row_id = candidate.roster_row_id
    where candidate.tier = 'id_near'
)

select
    row_id,
    number,
    person_number,
    distance,
    case when len(positions) <= 4 then positions end as positions,
    case
        when positions is null and length(number) < length(person_number) then 'short'
        when positions is null then 'long'
        when len(positions) = 2 and distance = 1 then 'swapped'
        when len(positions) = distance then 'digit'
        else 'mixed'
    end as how
from pair;

-- One row per person who was thought of for a roster row without being linked to it,
-- with what became of the thought.
create or replace table lnk_considered as
select
    candidate.roster_row_id as row_id,
    candidate.person_key,
    candidate.tier,
    'possible' as fate
from lnk_candidate as candidate
inner join lnk_choice as choice on choice.row_id = candidate.roster_row_id
where choice.tier = 'ambiguous'

union all

select
    line.row_id,
    refused.person_key,
    'id_near' as tier,
    refused.reason as fate
from lnk_refused as refused
inner join lnk_row as line
    on line.number = refused.number and line.name_key = refused.name_key
anti join lnk_exact as exact on exact.row_id = line.row_id

union all

select
    row_id,
    person_key,
    'no_id' as tier,
    coalesce(reason, 'departed') as fate
from lnk_namesake
where
    reason is not null
    or (row_id, person_key) not in (
        select
            row_id,
            person_key
        from lnk_possible_namesake
    );
