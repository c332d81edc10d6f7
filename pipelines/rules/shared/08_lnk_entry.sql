-- One row = one row of the current register about somebody in scope, or about a member
-- of the household of such a person.
with scope as (
    select distinct person_key from lnk_scope
),

home as (
    select distinct stated.household_no
    from lnk_register as register
    inner join scope on scope.person_key = register.person_key
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    where register.is_current and stated.household_no is not null
),

-- of the columns that a sheet has, those whose silence some rule has to understand
sheet as (
    select
        file,
        sheet,
        list_intersect(
            columns,
            [
                'school_state', 'education', 'health', 'education_help',
                'compulsory_help', 'social_help',
            ]
        ) as columns
    from lnk_sheet
),

garbled as (
    select
        file,
        coalesce(sheet, '') as sheet,
        row_no,
        list(distinct column_name) as columns
    from ing_issue
    where column_name is not null
    group by file, coalesce(sheet, ''), row_no
)

select
    register.row_id,
    register.person_key,
    register.snapshot_on,
    register_zh(register.snapshot_on) as register_zh,
    scope.person_key is not null as is_in_scope,
    home.household_no is not null as is_home_in_scope,
    stated.file,
    coalesce(stated.sheet, '') as sheet,
    stated.household_no,
    stated.relation,
    stated.name,
    stated.name_key,
    stated.sex,
    stated.birth_on,
    stated.id_number,
    stated.id_number_pid as pid,
    stated.id_number_form as form,
    is_usable(stated.id_number_form, stated.id_number_pid, run.as_of) as is_number_good,
    stated.school_state,
    state.stage,
    state.level,
    state.grade,
    stated.education,
    stated.labour,
    stated.health,
    coalesce(stated.phone, stated.household_phone) as phone,
    -- the first day of the school year in which the export was made
    year.starts_on as year_starts_on,
    year.period_no,
    sheet.columns,
    coalesce(garbled.columns, []) as garbled
from lnk_register as register
cross join run
inner join stg_monitored_person as stated on stated.row_id = register.row_id
left join scope on scope.person_key = register.person_key
left join home on home.household_no = stated.household_no
left join sheet
    on sheet.file = stated.file and sheet.sheet = coalesce(stated.sheet, '')
left join garbled
    on
        garbled.file = stated.file
        and garbled.sheet = coalesce(stated.sheet, '')
        and garbled.row_no = stated.row_no
left join ref_school_state as state on state.label = stated.school_state
left join lnk_year as year
    on register.snapshot_on between year.starts_on and year.ends_on
where
    register.is_current
    and (scope.person_key is not null or home.household_no is not null)
