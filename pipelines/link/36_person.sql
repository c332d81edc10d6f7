-- One row per stg_monitored_person row: whose it is.
create or replace table lnk_register as
select
    row_id,
    person_key,
    snapshot_on,
    is_current
from lnk_known
where origin = 'register';

-- One row per stg_member_departure row: whose it is.
create or replace table lnk_departure as
select
    known.row_id,
    known.person_key,
    departure.departed_on,
    departure.departure_reason as reason
from lnk_known as known
inner join stg_member_departure as departure on departure.row_id = known.row_id
where known.origin = 'departure';

-- One row per person known to any register snapshot or departure list, as the newest
-- row of the register tells (else the departure). `person_id`: the newest usable
-- number, else the text as read.
create or replace table lnk_person as
with newest as (
    select *
    from lnk_known
    qualify row_number() over (partition by person_key order by newness) = 1
),

latest_pid as (
    select
        person_key,
        arg_min(pid, newness) as pid
    from lnk_known
    where pid is not null
    group by person_key
),

-- what the newest row leaves open, an older one may say
filled as (
    select
        person_key,
        arg_min(birth_on, newness) filter (where birth_on is not null) as birth_on,
        arg_min(sex, newness) filter (where sex is not null) as sex,
        arg_min(person_no, newness) filter (where person_no is not null) as person_no,
        bool_or(origin = 'register') as in_register
    from lnk_known
    group by person_key
)

select
    newest.person_key,
    coalesce(latest_pid.pid, newest.id_text) as person_id,
    latest_pid.pid,
    newest.name,
    newest.name_key,
    township.township,
    place.village,
    newest.township_key,
    newest.village_key,
    newest.household_no,
    newest.head_name,
    newest.head_pid,
    filled.birth_on,
    coalesce(
        filled.sex,
        case
            when is_id18(latest_pid.pid)
                then
                    case
                        when ascii(substr(latest_pid.pid, 17, 1)) % 2 = 1 then '男'
                        else '女'
                    end
        end
    ) as sex,
    case when newest.origin = 'register' then newest.row_id end as row_id,
    newest.snapshot_on,
    newest.is_current,
    filled.in_register,
    filled.person_no
from newest
inner join filled on filled.person_key = newest.person_key
left join latest_pid on latest_pid.person_key = newest.person_key
left join lnk_township as township on township.township_key = newest.township_key
left join lnk_place as place
    on
        place.township_key = newest.township_key
        and place.village_key = newest.village_key;
