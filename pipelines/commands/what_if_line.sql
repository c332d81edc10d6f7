-- One row = one period of the policy in ref_, and whether any roster row is of it.
create or replace temp table what_if_period as
select
    period.period_no,
    period.school_year,
    period.starts_on,
    period.ends_on,
    exists(
        select 1 from lnk_roster as listed
        where listed.period_no = period.period_no
    ) as is_listed
from ref_period as period;

create or replace temp table what_if_level as from ref_level;

-- One row = one person and period: is the subsidy due by the policy in ref_, and how much?
-- Null: not decided by what we have (no link, an undated elimination, a level of which
-- the policy does not speak, a grade that may be the next year's already).
create or replace temp table what_if_line as
with listed as (
    select
        roster.subject_key,
        roster.period_no,
        -- a level of two kinds (技工) is none that can be missing
        bool_and(roster.level is not null and funded.level is null) as is_unfunded,
        max(roster.level) as level
    from lnk_roster_row as roster
    left join ref_level as funded
        on funded.period_no = roster.period_no and funded.level = roster.level
    group by roster.subject_key, roster.period_no
),

unsure as (
    select distinct
        subject_key,
        period_no
    from lnk_omitted
    where hold_reason is not null
),

judged as (
    select
        line.subject_key,
        line.period_no,
        period.school_year,
        line.is_listed,
        line.due_fen,
        line.standard_fen,
        coalesce(listed.level, state.level) as level,
        case
            when line.basis = 'undecided' then 'undecided'
            when line.basis = 'entitled' and coalesce(listed.is_unfunded, false)
                then 'level_unsaid'
            when line.basis = 'entitled' and unsure.subject_key is not null then 'unsure'
            else line.basis
        end as basis
    from fnd_money_line as line
    inner join what_if_period as period on period.period_no = line.period_no
    left join listed
        on listed.subject_key = line.subject_key and listed.period_no = line.period_no
    left join lnk_state as state
        on state.person_key = line.subject_key and state.period_no = line.period_no
    left join unsure
        on unsure.subject_key = line.subject_key and unsure.period_no = line.period_no
)

select
    subject_key,
    period_no,
    school_year,
    is_listed,
    basis,
    level,
    case
        when basis = 'entitled' then true
        when basis in ('undecided', 'level_unsaid', 'unsure') then null
        else false
    end as is_due,
    -- no standard in the documents: nobody knows how much
    case
        when basis = 'entitled' and (standard_fen > 0 or (not is_listed and due_fen > 0))
            then due_fen
        when basis = 'entitled' then null
        else 0
    end as fen
from judged;
