-- One row = one funded person whose last programme on the rosters has ended: the year
-- and day it ended, and the last roster row that says so.
with last_row as (
    select *
    from lnk_roster_row
    where tier <> 'ambiguous' and not is_waived and period_no is not null
    qualify
        row_number() over (
            partition by subject_key
            order by start_year desc, period_no desc, end_year desc nulls last, row_id desc
        ) = 1
),

ended as (
    select
        last_row.*,
        coalesce(
            -- a date that contradicts entry and length is EDU_DATES, and no end
            case when last_row.graduation_year = last_row.end_year then listed.graduation_on end,
            -- the summer in which the last school year ends
            year.ends_on
        ) as ended_on
    from last_row
    inner join stg_yulu_roster as listed on listed.row_id = last_row.row_id
    left join lnk_year as year on year.start_year = last_row.end_year - 1
),

-- what the newest row of the current register with the column says of schooling
shown as (
    select
        entry.person_key,
        entry.row_id,
        entry.snapshot_on,
        entry.school_state,
        entry.education,
        entry.stage,
        entry.level,
        entry.grade,
        not list_has_any(entry.garbled, ['school_state', 'education'])
        and shows(entry.columns, 'education') as is_told
    from lnk_entry as entry
    where shows(entry.columns, 'school_state')
    qualify
        row_number() over (
            partition by entry.person_key
            order by entry.snapshot_on desc, entry.school_state is null, entry.row_id desc
        ) = 1
)

select
    ended.subject_key,
    ended.person_key,
    ended.row_id,
    ended.period_no,
    ended.is_applied,
    ended.has_left,
    ended.school_name,
    ended.level,
    ended.level_kind,
    ended.end_year,
    ended.start_year + 1 = ended.end_year as is_last_funded_last,
    ended.ended_on,
    roster_zh(ended.period_no, ended.listed_on, ended.is_applied) as roster_zh,
    shown.row_id as state_row_id,
    shown.snapshot_on as state_on,
    shown.school_state,
    shown.education,
    -- the state that the last year of this very programme would have
    coalesce(
        shown.level is not null
        and (
            shown.level = ended.level
            or (ended.level_kind = 'mixed' and shown.level in ('secondary', 'technician'))
            or (ended.level_kind = 'five_year' and shown.level = 'higher')
        )
        and shown.grade >= case
            when ended.level_kind = 'five_year' then ended.years - 3
            else ended.years
        end,
        false
    ) as shows_last_year,
    coalesce(shown.school_state is null and shown.is_told, false) as is_out_of_school,
    -- any other state is another school, or a year repeated
    coalesce(
        shown.school_state is not null
        and not (
            shown.level is not null
            and (
                shown.level = ended.level
                or (ended.level_kind = 'mixed' and shown.level in ('secondary', 'technician'))
                or (ended.level_kind = 'five_year' and shown.level = 'higher')
            )
            and shown.grade >= case
                when ended.level_kind = 'five_year' then ended.years - 3
                else ended.years
            end
        ),
        false
    )
    or exists (
        select 1 from lnk_school as school
        where
            school.subject_key = ended.subject_key
            and school.reference_on > ended.ended_on
            and coalesce(school.register_status, '在籍在读') = '在籍在读'
    ) as goes_on
from ended
left join shown on shown.person_key = ended.person_key
where ended.end_year is not null and ended.ended_on is not null
