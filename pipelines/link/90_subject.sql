-- One row per roster row that speaks of the same time as the current register: where
-- the two systems put the person, and whether they agree. Old rosters name the village
-- of then: they are not compared (ruling 6).
create or replace table lnk_place_compared as
select
    link.row_id,
    link.person_key,
    case
        when line.village_key is null then null
        -- one village, though the roster leaves the township open
        when
            line.village_key = person.village_key
            and coalesce(line.township_key = person.township_key, true)
            then null
        when line.place_doubt = 'ambiguous' then 'ambiguous'
        when line.place_doubt = 'unknown' then 'unknown'
        when person.village_key is null then null
        else 'disagree'
    end as doubt
from lnk_roster as link
inner join lnk_row as line on line.row_id = link.row_id
inner join lnk_person as person on person.person_key = link.person_key
inner join lnk_speaking as speaking
    on
        speaking.person_key = link.person_key
        and speaking.period_no = link.period_no
        and speaking.snapshot_on = person.snapshot_on
where person.is_current;

-- One row per subject of a finding: every person, and every roster or payment subject
-- that no register knows, with the place to which it goes. A village only stands here
-- when nothing speaks against it; what is in doubt goes to the township.
create or replace table lnk_subject as
with doubted as (
    select
        person_key,
        -- the strongest word of several rosters
        case
            when bool_or(doubt = 'disagree') then 'disagree'
            when bool_or(doubt = 'ambiguous') then 'ambiguous'
            when bool_or(doubt = 'unknown') then 'unknown'
        end as doubt
    from lnk_place_compared
    group by person_key
),

-- a person whose number the register leaves blank goes by the newest roster's
own_number as (
    select
        link.person_key,
        link.subject_id
    from lnk_roster as link
    inner join lnk_row as line on line.row_id = link.row_id
    where link.person_key is not null and line.number_class = 'pid'
    qualify
        row_number() over (
            partition by link.person_key
            order by line.period_starts_on desc nulls last, link.row_id
        ) = 1
),

registered as (
    select
        person.person_key as subject_key,
        'person' as subject_kind,
        coalesce(person.person_id, own_number.subject_id) as subject_id,
        person.person_key,
        person.name,
        person.township,
        person.village,
        coalesce(
            doubted.doubt, case when person.village is null then 'unknown' end
        ) as place_doubt
    from lnk_person as person
    left join doubted on doubted.person_key = person.person_key
    left join own_number on own_number.person_key = person.person_key
),

written as (
    select
        link.subject_key,
        link.subject_id,
        line.name,
        line.township_key,
        line.village_key,
        line.place_doubt,
        1 as rank,
        coalesce(line.period_starts_on, date '1900-01-01') as starts_on,
        link.row_id
    from lnk_roster as link
    inner join lnk_row as line on line.row_id = link.row_id
    where link.person_key is null

    union all

    select
        payment.subject_key,
        payment.subject_id,
        transfer.shown_name as name,
        transfer.township_key,
        transfer.village_key,
        transfer.place_doubt,
        2 as rank,
        coalesce(period.starts_on, date '1900-01-01') as starts_on,
        payment.row_id
    from lnk_payment as payment
    inner join lnk_transfer as transfer on transfer.row_id = payment.row_id
    left join ref_period as period on period.period_no = payment.period_no
),

newest as (
    select *
    from written
    anti join registered on registered.subject_key = written.subject_key
    qualify
        row_number() over (
            partition by subject_key
            order by
                rank, starts_on desc, township_key, village_key, name, subject_id, row_id
        ) = 1
),

-- two rosters of one period that put an unlinked child into two villages
torn as (
    select newest.subject_key
    from newest
    inner join written
        on
            written.subject_key = newest.subject_key
            and written.rank = newest.rank
            and written.starts_on = newest.starts_on
    where
        written.village_key <> newest.village_key
        or written.township_key <> newest.township_key
    group by newest.subject_key
),

unregistered as (
    select
        newest.subject_key,
        'person' as subject_kind,
        newest.subject_id,
        null as person_key,
        newest.name,
        township.township,
        place.village,
        case
            when torn.subject_key is not null then 'disagree'
            else newest.place_doubt
        end as place_doubt
    from newest
    left join torn on torn.subject_key = newest.subject_key
    left join lnk_township as township on township.township_key = newest.township_key
    left join lnk_place as place
        on
            place.township_key = newest.township_key
            and place.village_key = newest.village_key
)

select
    subject_key,
    subject_kind,
    subject_id,
    person_key,
    name,
    township,
    case when place_doubt is null then village end as village,
    place_doubt
from registered

union all

select
    subject_key,
    subject_kind,
    subject_id,
    person_key,
    name,
    township,
    case when place_doubt is null then village end as village,
    place_doubt
from unregistered;
