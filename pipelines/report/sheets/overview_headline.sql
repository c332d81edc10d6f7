-- One row per period and the total: 户, 人, 人次 and yuan apart.
select
    period_no as period,
    households,
    people,
    person_periods,
    fen / 100 as yuan,
    paid_fen / 100 as paid_yuan,
    applied_households,
    applied_people,
    applied_fen / 100 as applied_yuan
from (
    select *, 1 as part from out_headline
    union all by name
    select '合计' as period_no, *, 2 as part from out_headline_total
) as parts
order by part, period_no;
