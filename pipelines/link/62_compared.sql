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
        line.is_former_name,
        line.match_township_key as township_key,
        line.village_key,
        line.head_pid,
        line.head_name_key,
        line.guardian_pid,
        line.guardian_name_key,
        line.household_no,
        line.person_no,
        line.sex
    from lnk_choice as choice
    inner join lnk_row as line on line.row_id = choice.row_id
    where choice.person_key is not null
),

described as (
    select
        linked.row_id,
        bool_or(claim.name_key = linked.name_key) as is_same_name,
        -- the one name agrees with the other's former one, and with no other
        bool_or(claim.name_key = linked.name_key and not claim.is_former)
        and not bool_or(linked.is_former_name) as is_present_name,
        min(alike.likeness) as likeness,
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
    left join lnk_alike as alike
        on alike.one = linked.name_key and alike.other = claim.name_key
    group by linked.row_id
),

-- a head's name that sounds or looks like the register's
headed as (
    select distinct linked.row_id
    from linked
    inner join lnk_claim as claim on claim.person_key = linked.person_key
    inner join lnk_head_alike as alike
        on
            alike.one = linked.head_name_key
            and alike.other = claim.head_name_key
            and alike.likeness in ('sound', 'look')
),

-- how many people of that name the village has ever had
common as (
    select
        linked.row_id,
        count(distinct claim.person_key) as namesakes
    from linked
    inner join lnk_claim as claim
        on
            claim.name_key = linked.name_key
            and claim.village_key = linked.village_key
    where
        linked.tier in ('id_near', 'id_cut', 'no_id')
        and coalesce(claim.township_key = linked.township_key, true)
    group by linked.row_id
),

written as (
    select
        linked.row_id,
        bool_or(plain_name(known.name) = plain_name(linked.name)) as is_written_same,
        bool_or(known.person_no = linked.person_no) as is_same_person_no,
        bool_or(known.household_no = linked.household_no) as is_same_household_no
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
        ) as is_head_member,
        bool_or(
            coalesce(member.pid = linked.guardian_pid, false)
            or coalesce(member.name_key = linked.guardian_name_key, false)
        ) as is_guardian_member
    from linked
    inner join lnk_home as home on home.person_key = linked.person_key
    inner join lnk_home as member
        on
            member.household_no = home.household_no
            and member.snapshot_on = home.snapshot_on
            and member.person_key <> home.person_key
    where
        coalesce(
            linked.head_pid, linked.head_name_key,
            linked.guardian_pid, linked.guardian_name_key
        ) is not null
    group by linked.row_id
)

select
    linked.row_id,
    linked.person_key,
    linked.tier,
    described.is_same_name,
    described.is_present_name,
    described.likeness,
    common.namesakes,
    written.is_written_same,
    described.is_same_village,
    case
        when described.is_same_head_pid or described.is_same_head_name then 'head_same'
        when housed.is_head_member then 'head_member'
        when headed.row_id is not null then 'head_alike'
        when
            described.is_same_head_pid = false
            or described.is_same_head_name = false
            or (
                housed.is_head_member = false
                and coalesce(linked.head_pid, linked.head_name_key) is not null
            )
            then 'head_differs'
    end as head,
    coalesce(housed.is_guardian_member, false) as is_guardian_member,
    coalesce(written.is_same_person_no, false) as is_same_person_no,
    coalesce(written.is_same_household_no, false) as is_same_household_no,
    linked.sex <> person.sex as is_other_sex,
    person.is_current,
    person.in_register,
    person.snapshot_on
from linked
inner join described on described.row_id = linked.row_id
inner join lnk_person as person on person.person_key = linked.person_key
left join headed on headed.row_id = linked.row_id
left join common on common.row_id = linked.row_id
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

    union all

    select
        choice.row_id,
        line.number,
        person.pid as person_number,
        damerau_levenshtein(line.number, person.pid) as distance,
        case
            when length(line.number) = length(person.pid)
                then
                    list_filter(
                        range(1, length(line.number) + 1),
                        lambda i: substr(line.number, i, 1) <> substr(person.pid, i, 1)
                    )
        end as positions
    from lnk_choice as choice
    inner join lnk_row as line on line.row_id = choice.row_id
    inner join lnk_person as person on person.person_key = choice.person_key
    where
        choice.tier = 'decision'
        and line.number <> person.pid
        and damerau_levenshtein(line.number, person.pid) <= 2
),

parted as (
    select
        *,
        case
            when distance > 2 then 'birth_' || birth_field_off(number, person_number)
            when positions is null and length(number) < length(person_number) then 'short'
            when positions is null then 'long'
            when len(positions) = 2 and distance = 1 then 'swapped'
            when len(positions) = distance then 'digit'
            else 'mixed'
        end as how
    from pair
)

select
    row_id,
    number,
    person_number,
    how,
    case when how in ('digit', 'swapped') then positions end as positions,
    -- one field of the date taken for another is one error
    case when starts_with(how, 'birth') then 1 else distance end as distance
from parted;

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
    line.row_id,
    denied.person_key,
    'decision' as tier,
    'denied' as fate
from lnk_row as line
inner join lnk_denied as denied on denied.line_key = line.line_key
inner join lnk_choice as choice on choice.row_id = line.row_id
where choice.standing <> 'certain' and denied.person_key is distinct from choice.person_key

union all

select
    row_id,
    person_key,
    'no_id' as tier,
    coalesce(reason, case when is_departed then 'departed' else 'other_head' end)
        as fate
from lnk_namesake
where
    (row_id, person_key) not in (
        select
            row_id,
            person_key
        from lnk_possible_namesake
    );
