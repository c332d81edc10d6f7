-- The two ledgers. What is due follows from the register, departures and school registers
-- alone, what was given from rosters and payments alone; no finding is looked at.

-- One row = one subject and period of which a roster or payment speaks, or whom an
-- entitled household sends to a trade school: what was due, listed, applied for, given.
create or replace table fnd_money_line as
with paid_half as (
    select
        period_no,
        list_sort(list_distinct(flatten(list(halves)))) as halves
    from lnk_paid
    group by period_no
),

-- where nothing tells the level: the lowest standard
least as (
    select
        period_no,
        least_fen as amount_fen
    from lnk_standard
    where kind = ''
),

departed as (
    select
        roster.subject_key,
        link.departed_on,
        link.reason
    from lnk_roster_row as roster
    inner join lnk_departure as link on link.person_key = roster.person_key

    union

    select
        roster.subject_key,
        departure.departed_on,
        departure.departure_reason as reason
    from lnk_roster_row as roster
    inner join stg_member_departure as departure
        on departure.id_number_pid = roster.pid
    where
        roster.form in ('id18', 'id15', 'disability', 'student_no')
        and departure.id_number_form in ('id18', 'id15', 'disability', 'student_no')
        and roster.tier <> 'ambiguous'
),

gone as (
    select
        subject_key,
        min(departed_on) as departed_on,
        min(departed_on) filter (where reason = '死亡') as died_on
    from departed
    group by subject_key
),

-- a row without an amount is taken at the standard
roster_row as (
    select
        roster.*,
        coalesce(roster.amount_fen, roster.half_fen * len(roster.halves), 0) as fen,
        -- 技工 may be paid by one of two standards: either is right
        case
            when list_contains(roster.allowed_fen, roster.amount_fen)
                then roster.amount_fen // len(roster.halves)
            -- where no document says how much, what the roster says is what is due
            else coalesce(roster.half_fen, roster.amount_fen // len(roster.halves))
        end as rate_fen,
        len(list_intersect(roster.halves, coalesce(paid_half.halves, []))) as paid_halves,
        coalesce(
            state.is_known
            and not state.is_vocational
            -- after promotion a final-year student's state means the new year (ruling 2)
            and not (
                state.in_grace
                and coalesce(roster.is_final, state.in_year_final_possible, true)
                and state.in_year_vocational
            ),
            false
        ) as is_elsewhere,
        is_usable(roster.form, roster.pid, run.as_of) as is_usable
    from lnk_roster_row as roster
    cross join run
    left join paid_half on paid_half.period_no = roster.period_no
    left join lnk_state as state
        on state.person_key = roster.person_key and state.period_no = roster.period_no
    where roster.period_no is not null
),

listed as (
    select
        subject_key,
        period_no,
        max(person_key) as person_key,
        max(standard_fen) as standard_fen,
        coalesce(max(rate_fen), 0) * len(list_distinct(flatten(list(halves)))) as course_fen,
        sum(fen) as named_fen,
        coalesce(sum(fen) filter (where not is_applied), 0) as listed_fen,
        -- halves of which no payment file speaks: the roster is all there is
        coalesce(
            sum(fen - fen * paid_halves // len(halves)) filter (where not is_applied), 0
        ) as taken_fen,
        bool_and(is_waived) as is_waived,
        bool_or(is_stopped) as is_stopped,
        bool_or(tier = 'ambiguous') as is_ambiguous,
        bool_or(is_usable) as is_usable,
        bool_or(is_elsewhere) as is_elsewhere,
        min(reference_on) as reference_on,
        list_sort(list(cell(row_id, 'amount_fen'))) as evidence
    from roster_row
    group by subject_key, period_no
),

paid as (
    select
        paid.subject_key,
        paid.period_no,
        coalesce(
            sum(
                coalesce(
                    paid.amount_fen,
                    half_of(paid.period_term, least.amount_fen) * len(paid.halves)
                )
            ) filter (where paid.is_success),
            0
        ) as fen,
        max(paid.paid_on) filter (where paid.is_success) as paid_on,
        list_sort(list(cell(paid.row_id, 'amount_fen'))) as evidence
    from lnk_paid as paid
    left join least on least.period_no = paid.period_no
    group by paid.subject_key, paid.period_no
),

lacking as (
    select
        subject_key,
        period_no,
        max(fen) as fen
    from (
        select
            subject_key,
            period_no,
            cast(yuan_at_stake as bigint) * 100 as fen
        from lnk_omitted

        union all

        select
            gap.person_key as subject_key,
            gap.period_no,
            standard.least_fen as fen
        from lnk_break as gap
        left join lnk_standard as standard
            on
                standard.period_no = gap.period_no
                and standard.kind = gap.standard_kind

        union all

        select
            missing.person_key as subject_key,
            missing.period_no,
            standard.least_fen as fen
        from lnk_missing as missing
        inner join lnk_enrolled as enrolled
            on
                enrolled.subject_key = missing.person_key
                and enrolled.period_no = missing.period_no
        inner join lnk_state as state
            on
                state.person_key = missing.person_key
                and state.period_no = missing.period_no
        left join lnk_standard as standard
            on
                standard.period_no = missing.period_no
                and standard.kind = coalesce('registered ' || enrolled.school_level, '')
        where state.is_known and not state.is_vocational

        union all

        -- paid without being listed: due all the same, if entitled and in a trade school
        select
            paid.subject_key,
            paid.period_no,
            standard.least_fen as fen
        from paid
        inner join lnk_standing as standing
            on
                standing.person_key = paid.subject_key
                and standing.period_no = paid.period_no
        inner join lnk_state as state
            on
                state.person_key = paid.subject_key
                and state.period_no = paid.period_no
        inner join lnk_standard as standard
            on
                standard.period_no = paid.period_no
                and standard.kind = 'registered ' || state.level
        where
            standing.is_entitled
            and state.is_vocational
            and not exists (
                select 1 from lnk_departure as departure
                where
                    departure.person_key = paid.subject_key
                    and coalesce(departure.departed_on, standing.reference_on)
                    <= standing.reference_on
            )
    ) as every_
    group by subject_key, period_no
),

every_line as (
    select
        subject_key,
        period_no
    from listed

    union

    select
        subject_key,
        period_no
    from paid

    union

    select
        subject_key,
        period_no
    from lacking
),

based as (
    select
        line.subject_key,
        line.period_no,
        listed.subject_key is not null as is_listed,
        listed.standard_fen,
        listed.course_fen,
        coalesce(listed.is_ambiguous, false) as is_ambiguous,
        coalesce(listed.named_fen, 0) as named_fen,
        coalesce(listed.listed_fen, 0) as listed_fen,
        coalesce(listed.taken_fen, 0) + coalesce(paid.fen, 0) as given_fen,
        paid.fen as paid_fen,
        lacking.fen as lacking_fen,
        list_concat(coalesce(listed.evidence, []), coalesce(paid.evidence, []))
            as evidence,
        case
            when listed.subject_key is null and lacking.subject_key is not null
                then 'entitled'
            when listed.subject_key is null then 'not_shown'
            when listed.is_waived then 'waived'
            when listed.is_ambiguous then 'undecided'
            when listed.person_key is null and listed.is_usable then 'not_registered'
            when listed.person_key is null then 'undecided'
            when
                gone.departed_on < listed.reference_on
                or moved.moved_on < listed.reference_on
                then 'departed'
            when standing.is_entitled is null then 'undecided'
            when not standing.is_entitled then standing.why
            when stop.subject_key is not null then 'stopped'
            when listed.is_stopped then 'left'
            when listed.is_elsewhere then 'not_studying'
            when gone.died_on < paid.paid_on then 'dead'
            else 'entitled'
        end as basis
    from every_line as line
    left join listed
        on listed.subject_key = line.subject_key and listed.period_no = line.period_no
    left join paid
        on paid.subject_key = line.subject_key and paid.period_no = line.period_no
    left join lacking
        on lacking.subject_key = line.subject_key and lacking.period_no = line.period_no
    left join lnk_standing as standing
        on
            standing.person_key = listed.person_key
            and standing.period_no = line.period_no
    left join lnk_stop as stop
        on stop.subject_key = line.subject_key and stop.period_no = line.period_no
    left join gone on gone.subject_key = line.subject_key
    left join (
        select
            person_key,
            min(moved_on) as moved_on
        from lnk_moved
        group by person_key
    ) as moved
        on moved.person_key = listed.person_key
)

select
    based.subject_key,
    based.period_no,
    subject.township,
    based.basis,
    cast(
        case
            when based.basis not in ('entitled', 'undecided') then 0
            when based.is_listed then based.course_fen
            else coalesce(based.lacking_fen, 0)
        end as bigint
    ) as due_fen,
    cast(based.named_fen as bigint) as named_fen,
    cast(based.listed_fen as bigint) as listed_fen,
    cast(based.paid_fen as bigint) as paid_fen,
    cast(based.given_fen as bigint) as given_fen,
    cast(coalesce(based.standard_fen, 0) as bigint) as standard_fen,
    based.is_listed,
    based.is_ambiguous,
    based.evidence
from based
left join lnk_subject as subject on subject.subject_key = based.subject_key;
