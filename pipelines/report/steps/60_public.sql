-- 公示: what the public may see (教财厅函〔2017〕28号): name, school, level, period and
-- amount. One row per person and period; whoever is still in question tonight is left
-- out until it is settled, and only counted.
create or replace table out_public as
with doubted as (
    select distinct
        subject_key,
        period
    from fnd_finding
    where
        severity = 'A' and subject_kind = 'person'
        and state not in ('closed', 'waived')
),

funded as (
    select
        period_no,
        is_applied,
        subject_key,
        arg_min(name, row_id) as name,
        arg_min(school_name, row_id) filter (where school_name is not null) as school_name,
        arg_min(school_level, row_id) filter (where school_level is not null) as school_level,
        sum(amount_fen)::bigint as amount_fen
    from out_funded
    where period_no is not null
    group by period_no, is_applied, subject_key
)

select
    funded.*,
    exists(
        select 1
        from doubted
        where
            doubted.subject_key = funded.subject_key
            and coalesce(doubted.period, funded.period_no) = funded.period_no
    ) as is_doubted
from funded;
