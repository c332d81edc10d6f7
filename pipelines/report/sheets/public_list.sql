-- One row per person and period that the public notice names.
select
    case when is_applied then '拟资助' else '已列入名册' end as standing,
    period_no as period,
    school_level,
    school_name,
    name,
    amount_fen / 100 as yuan
from out_public
where not is_doubted
order by is_applied desc, period_no desc, school_level, school_name, name, subject_key;
