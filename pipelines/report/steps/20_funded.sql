-- One row per roster row: who it concerns, which household, when the programme ends.
create or replace table out_funded as
with heads as (
    select
        person_id,
        min(household_no) as household_no
    from lnk_person
    where household_no is not null
    group by person_id
),

rows_ as (
    select
        linked.row_id,
        linked.subject_key,
        linked.subject_id,
        linked.person_key,
        linked.period_no,
        linked.period_no_term,
        linked.is_applied,
        linked.tier,
        linked.standing,
        roster.amount_fen,
        coalesce(subject.name, roster.name) as name,
        coalesce(subject.township, roster.township) as township,
        coalesce(subject.village, roster.village) as village,
        person.household_no,
        coalesce(person.head_name, roster.head_name) as head_name,
        coalesce(person.sex, roster.sex) as sex,
        roster.school_name,
        roster.school_level,
        roster.major,
        roster.programme_years,
        roster.entry_on,
        roster.graduation_on,
        roster.remark,
        -- The last summer of the programme: entry in September, three years, end of June.
        coalesce(
            roster.graduation_on,
            last_day(
                cast(roster.entry_on as date)
                + to_months(cast(roster.programme_years * 12 as integer) - 3)
            )
        ) as ends_on,
        coalesce(
            'h' || coalesce(person.household_no, heads.household_no),
            'p' || coalesce(person.head_pid, roster.head_id_number_pid),
            'n' || roster.head_name_key
            || '|' || coalesce(roster.township_key, '') || '|' || coalesce(roster.village_key, ''),
            's' || linked.subject_key
        ) as household_key
    from lnk_roster as linked
    inner join stg_yulu_roster as roster on linked.row_id = roster.row_id
    left join lnk_subject as subject on linked.subject_key = subject.subject_key
    left join lnk_person as person on linked.person_key = person.person_key
    left join heads on roster.head_id_number_pid = heads.person_id
)

select
    *,
    -- A programme is a level and an entry; 3+2 is two of them (spec ruling 22).
    coalesce(school_level, '')
    || '|'
    || coalesce(cast(year(entry_on) as varchar), '') as programme_key
from rows_;
