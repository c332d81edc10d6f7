-- One row = what the register says of a person's schooling in the row that speaks for
-- a period, and in the newest row of that year itself when the speaker is in grace.
with heading as (
    select
        file,
        coalesce(sheet, '') as sheet,
        bool_or(column_name = 'school_state' and fate = 'used') as has_column
    from ing_heading
    group by all
),

garbled as (
    select distinct
        file,
        coalesce(sheet, '') as sheet,
        row_no
    from ing_issue
    where column_name = 'school_state'
),

stated as (
    select
        register.row_id,
        register.person_key,
        register.snapshot_on,
        person.school_state,
        coalesce(trim(raw.school_state), person.school_state) as written,
        -- the monthly list has no such column: its silence says nothing
        coalesce(heading.has_column, true) and garbled.row_no is null as is_known
    from lnk_register as register
    inner join stg_monitored_person as person on person.row_id = register.row_id
    left join raw_monitored_person as raw on raw.row_id = register.row_id
    left join heading
        on heading.file = person.file and heading.sheet = coalesce(person.sheet, '')
    left join garbled
        on
            garbled.file = person.file
            and garbled.sheet = coalesce(person.sheet, '')
            and garbled.row_no = person.row_no
),

speaking as (
    select
        speaker.person_key,
        speaker.period_no,
        speaker.snapshot_on,
        speaker.in_grace,
        speaker.in_year_row_id,
        stated.row_id,
        stated.school_state,
        stated.written,
        stated.is_known
    from lnk_speaking as speaker
    inner join stated
        on
            stated.person_key = speaker.person_key
            and stated.snapshot_on = speaker.snapshot_on
    -- two layouts of one date: the one that has the column speaks
    qualify row_number() over (
        partition by speaker.person_key, speaker.period_no
        order by
            stated.is_known desc,
            (stated.row_id = speaker.row_id) desc,
            stated.row_id desc
    ) = 1
)

select
    speaking.person_key,
    speaking.period_no,
    speaking.row_id,
    speaking.snapshot_on,
    speaking.in_grace,
    speaking.is_known,
    speaking.school_state,
    speaking.written,
    state.level,
    state.grade,
    coalesce(state.is_vocational, false) as is_vocational,
    in_year.row_id as in_year_row_id,
    in_year.snapshot_on as in_year_on,
    in_year.school_state as in_year_state,
    in_year_meaning.level as in_year_level,
    in_year_meaning.grade as in_year_grade,
    coalesce(in_year_meaning.is_vocational, false) as in_year_vocational,
    in_year_meaning.is_final_possible as in_year_final_possible
from speaking
left join ref_school_state as state on state.label = speaking.school_state
left join stated as in_year
    on in_year.row_id = speaking.in_year_row_id and in_year.is_known
left join ref_school_state as in_year_meaning
    on in_year_meaning.label = in_year.school_state
