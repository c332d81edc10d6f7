-- One row = one child of an entitled household in 九年级 or 普通高中三年级, as the current
-- register says: whom the next rosters will be about.
create or replace table fnd_next as
with member as (
    select
        register.person_key,
        register.row_id,
        register.snapshot_on,
        stated.household_no,
        stated.school_state,
        state.stage,
        year.start_year + 1 as exam_year,
        -- in autumn the grade may still be last year's
        register.snapshot_on <= before.grace_until as is_doubtful
    from lnk_register as register
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    inner join ref_school_state as state on state.label = stated.school_state
    inner join lnk_year as year
        on register.snapshot_on between year.starts_on and year.ends_on
    left join lnk_year as before on before.start_year = year.start_year - 1
    where
        register.is_current
        and state.stage in ('junior', 'senior')
        and state.grade = 3
    qualify
        row_number() over (
            partition by register.person_key
            order by register.snapshot_on desc, register.row_id desc
        ) = 1
)

select
    member.person_key,
    member.row_id,
    member.snapshot_on,
    member.school_state,
    case when member.stage = 'junior' then '中考' else '高考' end as exam,
    member.exam_year,
    coalesce(member.is_doubtful, false) as is_doubtful,
    run.as_of > make_date(cast(member.exam_year as integer), 6, 30) as is_past,
    standing.why
from member
cross join run
inner join lnk_standing_every as standing
    on standing.person_key = member.person_key and standing.period_no is null
where
    standing.is_entitled
    and not exists (
        select 1 from lnk_departure as gone
        where
            gone.person_key = member.person_key
            and coalesce(gone.departed_on <= run.as_of, true)
    )
order by member.person_key;
