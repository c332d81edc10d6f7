-- One row per period and township: the two ledgers and what lies between them.
select
    period_no as period,
    township,
    due_people,
    due_fen / 100 as due_yuan,
    listed_fen / 100 as listed_yuan,
    given_people,
    given_fen / 100 as given_yuan,
    difference_fen / 100 as difference_yuan,
    over_fen / 100 as over_yuan,
    short_fen / 100 as short_yuan,
    held_fen / 100 as held_yuan,
    waived_fen / 100 as waived_yuan,
    explained_fen / 100 as explained_yuan,
    rest_fen / 100 as rest_yuan,
    risk_fen / 100 as risk_yuan
from out_money
order by period, is_county, township;
