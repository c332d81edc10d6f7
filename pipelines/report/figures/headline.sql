-- One row per period.
select
    period_no,
    households,
    people,
    person_periods,
    fen / 100 as yuan,
    paid_fen / 100 as paid_yuan,
    applied_households,
    applied_people,
    applied_fen / 100 as applied_yuan
from out_headline
order by period_no;
