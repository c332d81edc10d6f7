-- One row = one entitled vocational student and period without any roster row, with how
-- many of the household have one. A child whose subsidy broke off is told by OMI_BREAK
-- instead (ruling 3).
with sibling as (
    select
        register.person_key,
        roster.period_no,
        count(distinct other.person_key) as siblings,
        max(roster.row_id) as row_id
    from lnk_state as state
    inner join lnk_register as register
        on
            register.person_key = state.person_key
            and register.snapshot_on = state.snapshot_on
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    inner join stg_monitored_person as beside
        on
            beside.household_no = stated.household_no
            and beside.snapshot_on = stated.snapshot_on
    inner join lnk_register as other
        on other.row_id = beside.row_id and other.person_key <> register.person_key
    inner join lnk_roster_row as roster
        on
            roster.person_key = other.person_key
            and roster.period_no = state.period_no
    where state.is_vocational
    group by register.person_key, roster.period_no
)

select
    missing.person_key as subject_key,
    missing.period_no,
    state.written,
    register_zh(state.snapshot_on) as register_zh,
    missing.household_zh,
    missing.roster_zh,
    whole_yuan(standard.least_fen) as yuan_at_stake,
    coalesce(sibling.siblings, 0) as siblings,
    sibling.row_id as sibling_row_id,
    list_sort(list_distinct([
        cell(state.row_id, 'school_state'), cell(missing.household_row_id, 'household_type'),
        cell(missing.household_row_id, 'monitored_category'),
    ])) as evidence,
    -- a first year seen in autumn may already be the new year's (ruling 2)
    coalesce(
        missing.hold_reason,
        case when state.in_grace and coalesce(state.grade, 1) = 1 then '升级未定' end
    ) as hold_reason
from lnk_missing as missing
inner join lnk_state as state
    on state.person_key = missing.person_key and state.period_no = missing.period_no
left join lnk_standard as standard
    on
        standard.period_no = missing.period_no
        and standard.kind = 'registered ' || state.level
left join sibling
    on
        sibling.person_key = missing.person_key
        and sibling.period_no = missing.period_no
where
    state.is_known
    and state.is_vocational
    -- a level of which no document of the province speaks is nobody's due
    and exists (
        select 1 from ref_level as funded
        where
            funded.period_no = missing.period_no
            and funded.level = state.level
    )
    and not (
        state.in_grace
        and coalesce(state.grade, 1) = 1
        and state.in_year_row_id is not null
        and not state.in_year_vocational
    )
    -- the last year of a programme that had ended before: GRD_STILL_IN, GRD_EDU_STALE
    and not exists (
        select 1 from lnk_finished as finished
        where
            finished.subject_key = missing.person_key
            and finished.is_last_funded_last
            and finished.shows_last_year
            and finished.ended_on < missing.reference_on
    )
    and not exists (
        select 1 from lnk_break
        where
            lnk_break.person_key = missing.person_key
            and lnk_break.period_no = missing.period_no
    )
