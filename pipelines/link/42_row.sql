-- One row per roster row and owner of the number it writes, with what speaks for the
-- number being somebody else's of the family, typed in the student's place: the row
-- itself says so (its head, its guardian), or a child of the row's name lives with the
-- owner and is young enough to be one. An owner of the row's own name is the student; so
-- is one whose name sounds or looks like it, unless there is such a child.
create or replace table lnk_owner as
with owned as (
    select
        line.row_id,
        line.unit,
        line.number,
        line.name_key,
        line.head_pid,
        line.head_name_key,
        line.guardian_name_key,
        line.guardian_pid,
        known.person_key
    from lnk_line as line
    inner join lnk_known_number as known
        on known.number = line.number and known.kind in ('pid', 'former')
    where line.number_class = 'pid'
),

named as (
    select
        owned.row_id,
        owned.person_key,
        bool_or(claim.name_key = owned.name_key) as is_own,
        bool_or(alike.one is not null) as is_alike,
        bool_or(
            coalesce(claim.name_key = owned.head_name_key, false)
            or coalesce(owned.head_pid = owned.number, false)
        ) as is_head,
        bool_or(
            coalesce(claim.name_key = owned.guardian_name_key, false)
            or coalesce(owned.guardian_pid = owned.number, false)
        ) as is_guardian
    from owned
    inner join lnk_claim as claim on claim.person_key = owned.person_key
    left join lnk_alike as alike
        on
            alike.one = owned.name_key
            and alike.other = claim.name_key
            and alike.likeness in ('sound', 'look')
    group by owned.row_id, owned.person_key
),

stranger as (
    select owned.*
    from owned
    inner join named
        on
            named.row_id = owned.row_id
            and named.person_key = owned.person_key
            and not named.is_own
),

housemate as (
    select
        stranger.row_id,
        stranger.person_key,
        mate.person_key as child_key
    from stranger
    inner join lnk_home as home on home.person_key = stranger.person_key
    inner join lnk_home as mate
        on
            mate.household_no = home.household_no
            and mate.snapshot_on = home.snapshot_on
            and mate.name_key = stranger.name_key

    union

    select
        stranger.row_id,
        stranger.person_key,
        claim.person_key as child_key
    from stranger
    inner join lnk_claim as claim
        on claim.head_pid = stranger.number and claim.name_key = stranger.name_key
),

parent as (
    select distinct
        housemate.row_id,
        housemate.person_key
    from housemate
    inner join lnk_person as child on child.person_key = housemate.child_key
    inner join lnk_person as owner on owner.person_key = housemate.person_key
    where
        housemate.child_key <> housemate.person_key
        and date_sub('year', owner.birth_on, child.birth_on) >= 14
)

select
    named.row_id,
    named.person_key,
    named.is_own or (named.is_alike and parent.row_id is null) as is_own,
    not named.is_own
    and named.is_head
    and (not named.is_alike or parent.row_id is not null) as is_head,
    not named.is_own
    and (
        parent.row_id is not null
        or (not named.is_alike and (named.is_head or named.is_guardian))
    ) as is_family
from named
left join parent
    on parent.row_id = named.row_id and parent.person_key = named.person_key;

-- One row per number that three or more differently named rows of one period share: the
-- village clerk's, or a copied cell. It is only its owner's.
create or replace table lnk_shared_number as
with shared as (
    select
        unit,
        number
    from lnk_line
    where number is not null and name_key is not null
    group by unit, number
    having count(distinct name_key) >= 3
)

select distinct number
from shared;

-- One row per stg_yulu_roster row as it is to be taken. `borrowed`: why the number it
-- writes is not the student's: 'head' | 'family' | 'shared'; `written` is that number
-- all the same. `name_key` is the former name in brackets where only that one is known.
create or replace table lnk_row as
with owner as (
    select
        row_id,
        bool_or(is_own) as is_own,
        bool_or(is_family) as is_family,
        bool_or(is_head) as is_head
    from lnk_owner
    group by row_id
),

-- the new name stands first, the name that the register knows in brackets
renamed as (
    select distinct line.row_id
    from lnk_line as line
    inner join lnk_claim as claim
        on
            claim.name_key = line.former_key
            and (
                claim.village_key = line.village_key
                or claim.head_pid = line.head_pid
                or claim.head_name_key = line.head_name_key
            )
    where
        not exists (
            select 1
            from lnk_claim as other
            where
                other.name_key = line.name_key
                and (
                    other.village_key = line.village_key
                    or other.head_pid = line.head_pid
                )
        )
),

taken as (
    select
        line.*,
        case
            when coalesce(owner.is_own, false) then null
            when owner.is_head then 'head'
            when owner.is_family then 'family'
            when shared.number is not null then 'shared'
        end as borrowed,
        -- an old number that nobody has is the beginning of a new one
        line.form = 'id15'
        and line.number_class = 'pid'
        and owner.row_id is null
        and may_be_cut_short(line.id_number_pid) as is_cut_short,
        renamed.row_id is not null as is_former_name
    from lnk_line as line
    left join owner on owner.row_id = line.row_id
    left join lnk_shared_number as shared on shared.number = line.number
    left join renamed on renamed.row_id = line.row_id
),

numbered as (
    select
        *,
        case
            when borrowed is not null then 'none'
            when is_cut_short then 'cut'
            else number_class
        end as class
    from taken
)

select
    row_id,
    period_no,
    period_no_term,
    period_starts_on,
    unit,
    is_applied,
    id_text,
    id_number_pid,
    form,
    borrowed,
    class as number_class,
    number as written,
    case when class in ('pid', 'text') then number end as number,
    case
        when class <> 'cut' then null
        when is_cut_short then first_fifteen(id_number_pid)
        else id_number_kept
    end as kept,
    (class = 'pid' and is_good_id(id_number_pid)) as is_good,
    student_no_pid,
    name,
    case when is_former_name then former_key else name_key end as name_key,
    is_former_name,
    township_key,
    village_key,
    match_township_key,
    place_doubt,
    case
        when borrowed in ('head', 'family') then number
        else nullif(head_pid, id_number_pid)
    end as head_pid,
    nullif(head_pid, number) as head_column_pid,
    head_name_key,
    nullif(nullif(guardian_pid, id_number_pid), head_pid) as guardian_pid,
    nullif(guardian_name_key, name_key) as guardian_name_key,
    household_no,
    person_no,
    sex,
    -- what a person decides about, from file to file and from night to night: the number
    -- as written and the name; without a number that can be compared, name and home
    md5(
        case
            when class in ('pid', 'text')
                then concat_ws('|', 'n', number, '=', coalesce(name_key, '-'))
            when class = 'cut'
                then
                    concat_ws(
                        '|', 'c', coalesce(id_number_kept, id_number_pid), '=',
                        coalesce(name_key, '-')
                    )
            else
                concat_ws(
                    '|', 'h', borrowed, id_number_pid, '=', coalesce(name_key, '-'), '=',
                    township_key, '=', village_key, '=', head_pid, '=', head_name_key
                )
        end
    ) as line_key,
    -- rows that describe one person in the same words are compared once
    md5(
        concat_ws(
            '|', class, borrowed, id_number_pid, id_number_kept, '=', name_key, '=',
            former_key, '=', township_key, '=', village_key, '=', head_pid, '=',
            head_name_key, '=', guardian_pid, '=', guardian_name_key, '=',
            household_no, '=', person_no, '=', sex
        )
    ) as probe_key
from numbered;

-- One row per roster row whose number is somebody else's, and that owner: the head's, a
-- relative's, or the one person of whom several rows have it.
create or replace table lnk_borrowed as
select
    line.row_id,
    line.borrowed,
    owner.person_key as owner_key
from lnk_row as line
inner join lnk_owner as owner on owner.row_id = line.row_id
where line.borrowed is not null;
