-- One row per period: households, persons, person-periods and fen, never mixed;
-- rows not yet passed are counted apart (spec ruling 10).
create or replace table out_headline as
with approved as (
    select
        period_no,
        count(distinct subject_key) as people,
        count(distinct household_key) as households,
        count(*) as roster_rows,
        coalesce(sum(amount_fen), 0)::bigint as fen,
        count(*) filter (where amount_fen is null) as rows_without_amount
    from out_funded
    where not is_applied
    group by period_no
),

applied as (
    select
        period_no,
        count(distinct subject_key) as people,
        count(distinct household_key) as households,
        coalesce(sum(amount_fen), 0)::bigint as fen
    from out_funded
    where is_applied
    group by period_no
),

-- what the bank says went through; a blank result is none
paid as (
    select
        period_no,
        count(distinct subject_key) as people,
        sum(amount_fen)::bigint as fen
    from lnk_paid
    where is_success
    group by period_no
),

periods as (
    select period_no from approved
    union
    select period_no from applied
)

select
    periods.period_no,
    coalesce(approved.households, 0) as households,
    coalesce(approved.people, 0) as people,
    coalesce(approved.people, 0) as person_periods,
    coalesce(approved.fen, 0) as fen,
    coalesce(approved.roster_rows, 0) as roster_rows,
    coalesce(approved.rows_without_amount, 0) as rows_without_amount,
    paid.people as paid_people,
    paid.fen as paid_fen,
    coalesce(applied.households, 0) as applied_households,
    coalesce(applied.people, 0) as applied_people,
    coalesce(applied.fen, 0) as applied_fen
from periods
left join approved on periods.period_no = approved.period_no
left join applied on periods.period_no = applied.period_no
left join paid on periods.period_no = paid.period_no
order by periods.period_no;

-- One row: person-periods are added, distinct people and households stand beside them.
create or replace table out_headline_total as
with distinct_ as (
    select
        count(distinct subject_key) filter (where not is_applied) as people,
        count(distinct household_key) filter (where not is_applied) as households,
        count(distinct subject_key) filter (where is_applied) as applied_people,
        count(distinct household_key) filter (where is_applied) as applied_households
    from out_funded
),

added as (
    select
        coalesce(sum(person_periods), 0)::bigint as person_periods,
        coalesce(sum(fen), 0)::bigint as fen,
        coalesce(sum(roster_rows), 0)::bigint as roster_rows,
        coalesce(sum(rows_without_amount), 0)::bigint as rows_without_amount,
        sum(paid_fen)::bigint as paid_fen,
        coalesce(sum(applied_fen), 0)::bigint as applied_fen
    from out_headline
)

select
    distinct_.households,
    distinct_.people,
    added.person_periods,
    added.fen,
    added.roster_rows,
    added.rows_without_amount,
    added.paid_fen,
    distinct_.applied_households,
    distinct_.applied_people,
    added.applied_fen
from distinct_
cross join added;
