-- One row = one own number as a system wrote it: of a student on a roster, or of a
-- person in scope in the current register.
with told as (
    -- people whose two numbers IDN_NEAR_ID already shows side by side
    select
        person_key,
        bool_or(tier = 'id_near') as is_near,
        bool_or(tier = 'id_cut') as is_cut
    from lnk_roster_row
    where tier in ('id_near', 'id_cut')
    group by person_key
),

scope as (
    select distinct person_key from lnk_scope
),

two_names as (
    select distinct roster.subject_key
    from lnk_roster_row as roster
    inner join lnk_person as person on person.person_key = roster.person_key
    where
        roster.tier in ('id', 'id15', 'student_no')
        and roster.name_key <> person.name_key
),

written as (
    select
        roster.row_id,
        roster.subject_key,
        roster.id_number,
        roster.pid,
        roster.form,
        roster.listed_on as seen_on,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as source_zh,
        roster.tier in ('id_near', 'id_cut') as is_explained,
        raw.id_number as raw_text,
        -- as written: reading may have refused it as a name
        coalesce(raw.name, stated.name) as name,
        stated.sex,
        cast(null as date) as birth_on,
        no_text() as birth_written,
        stated.phone,
        'phone' as phone_field,
        'yulu_roster' as source
    from lnk_roster_row as roster
    inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
    left join raw_yulu_roster as raw on raw.row_id = roster.row_id

    union all

    select
        register.row_id,
        register.person_key as subject_key,
        person.id_number,
        person.id_number_pid as pid,
        person.id_number_form as form,
        register.snapshot_on as seen_on,
        register_zh(register.snapshot_on) as source_zh,
        coalesce(
            told.is_near or (told.is_cut and person.id_number_form = 'cut'), false
        ) as is_explained,
        raw.id_number as raw_text,
        coalesce(raw.name, person.name) as name,
        person.sex,
        person.birth_on,
        coalesce(raw.birth_on, day_zh(person.birth_on)) as birth_written,
        coalesce(person.phone, person.household_phone) as phone,
        case when person.phone is null then 'household_phone' else 'phone' end as phone_field,
        'monitored_person' as source
    from lnk_register as register
    inner join scope on scope.person_key = register.person_key
    inner join stg_monitored_person as person on person.row_id = register.row_id
    left join raw_monitored_person as raw on raw.row_id = register.row_id
    left join told on told.person_key = register.person_key
    where register.is_current
)

select
    written.row_id,
    written.subject_key,
    written.name,
    written.sex,
    written.phone,
    written.phone_field,
    written.source,
    written.birth_on,
    written.birth_written,
    -- how exactly the cell says it
    case
        when regexp_full_match(trim(written.birth_written), '[0-9]{4}年?') then 'year'
        when
            regexp_full_match(
                trim(written.birth_written), '[0-9]{4}(?:[-./年 ][0-9]{1,2}|[0-9]{2})月?(?:\.0+)?'
            )
            then 'month'
        else 'day'
    end as birth_unit,
    two_names.subject_key is not null as is_two_names,
    case
        -- an X may be a Cyrillic or Greek letter: it has its place among the eighteen
        when written.form = 'disability'
            then
                substr(
                    translate(
                        upper(
                            regexp_replace(
                                coalesce(written.raw_text, written.id_number),
                                '[^0-9A-Za-z０-９Ａ-Ｚａ-ｚхХχΧ×✕ОоΟο]', '', 'g'
                            )
                        ),
                        '０１２３４５６７８９', '0123456789'
                    ), 19
                )
    end as suffix,
    coalesce(written.raw_text, written.id_number) as written,
    written.pid,
    written.form,
    written.seen_on,
    written.source_zh,
    written.is_explained,
    written.form in ('id18', 'disability', 'student_no') as has_check,
    has_good_check(written.pid) as is_check_good,
    written.form in ('id18', 'id15', 'disability', 'student_no') as has_date,
    has_good_date(written.pid, run.as_of) as is_date_good
from written
cross join run
left join two_names on two_names.subject_key = written.subject_key
