-- One row per household and snapshot: its head as the member list says. The custom
-- export has no head columns, so the member whose relation is 户主 speaks.
create or replace table lnk_head as
select
    snapshot_on,
    household_no,
    name as head_name,
    name_key as head_name_key,
    case
        when id_number_form in ('id18', 'id15', 'disability', 'student_no')
            then id_number_pid
    end as head_pid
from stg_monitored_person
where relation = '户主' and household_no is not null
qualify
    row_number() over (
        partition by snapshot_on, household_no
        order by is_current desc, id_number_pid, name_key, row_id
    ) = 1;

-- One row per number that three or more differently named people of one snapshot
-- share: 111111…, or the head's own typed for every child. It is nobody's number.
create or replace table lnk_placeholder as
with shared as (
    select
        snapshot_on,
        id_number_pid
    from stg_monitored_person
    where id_number_pid is not null and name_key is not null
    group by snapshot_on, id_number_pid
    having count(distinct name_key) >= 3
)

select distinct id_number_pid as number
from shared;

-- One row per register row and departure row: whom it names, and how.
-- `pid` a number that can identify · `number` what a typing error may be sought in ·
-- `kept` the leading digits of a number that Excel cut.
create or replace table lnk_mention as
with stated as (
    select
        person.row_id,
        'register' as origin,
        person.snapshot_on,
        person.is_current,
        person.id_number as id_text,
        person.id_number_pid,
        person.id_number_form,
        person.id_number_kept,
        person.name,
        person.name_key,
        person.person_no,
        person.household_no,
        person.township_key,
        person.village_key,
        coalesce(person.head_name, head.head_name) as head_name,
        coalesce(person.head_name_key, head.head_name_key) as head_name_key,
        coalesce(
            case
                when
                    person.head_id_number_form
                    in ('id18', 'id15', 'disability', 'student_no')
                    then person.head_id_number_pid
            end,
            head.head_pid
        ) as head_pid,
        person.sex,
        person.birth_on,
        person.relation
    from stg_monitored_person as person
    left join lnk_head as head
        on
            head.snapshot_on = person.snapshot_on
            and head.household_no = person.household_no

    union all

    select
        row_id,
        'departure' as origin,
        null as snapshot_on,
        false as is_current,
        id_number as id_text,
        id_number_pid,
        id_number_form,
        id_number_kept,
        name,
        name_key,
        null as person_no,
        household_no,
        township_key,
        village_key,
        null as head_name,
        null as head_name_key,
        null as head_pid,
        null as sex,
        null as birth_on,
        null as relation
    from stg_member_departure
),

numbered as (
    select
        stated.*,
        case
            when placeholder.number is not null or is_made_up(id_number_pid) then 'none'
            when
                id_number_form = 'id15'
                and may_be_cut_short(id_number_pid)
                and birth_on <> id_birth(id_number_pid)
                then 'cut'
            when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                then 'pid'
            -- seventeen digits, or nineteen: a wrong number, but one to compare
            when
                id_number_form = 'bad'
                and length(id_number_pid) between 15 and 22
                then 'text'
            when id_number_form = 'cut' and is_kept(id_number_kept) then 'cut'
            else 'none'
        end as number_class
    from stated
    left join lnk_placeholder as placeholder
        on placeholder.number = stated.id_number_pid
)

select
    numbered.row_id,
    numbered.origin,
    numbered.snapshot_on,
    numbered.is_current,
    numbered.number_class,
    numbered.id_text,
    numbered.id_number_form = 'id15' as is_id15,
    case when numbered.number_class = 'pid' then numbered.id_number_pid end as pid,
    case
        when numbered.number_class in ('pid', 'text') then numbered.id_number_pid
    end as number,
    case
        when numbered.number_class <> 'cut' then null
        when numbered.id_number_form = 'id15'
            then first_fifteen(numbered.id_number_pid)
        else numbered.id_number_kept
    end as kept,
    numbered.name,
    numbered.name_key,
    former.former_key,
    numbered.person_no,
    numbered.household_no,
    place.township_key,
    place.village_key,
    place.match_township_key,
    numbered.head_name,
    numbered.head_name_key,
    numbered.head_pid,
    numbered.sex,
    coalesce(
        numbered.birth_on,
        case when numbered.number_class = 'pid' then id_birth(numbered.id_number_pid) end
    ) as birth_on,
    numbered.relation,
    -- content first, row number last: shuffled rows keep the same choice
    row_number() over (
        order by
            numbered.origin desc,
            numbered.snapshot_on desc nulls last,
            numbered.is_current desc,
            -- two layouts of one date: the one that says more speaks
            place.village_key is null,
            numbered.household_no is null,
            numbered.id_number_pid,
            numbered.household_no,
            numbered.person_no,
            place.township_key,
            place.village_key,
            numbered.name,
            numbered.id_text,
            numbered.relation,
            numbered.row_id
    ) as newness
from numbered
left join lnk_former_name as former on former.name = numbered.name
inner join lnk_place_seen as place
    on
        place.seen_township_key is not distinct from numbered.township_key
        and place.seen_village_key is not distinct from numbered.village_key;
