-- One row = one person and period that another policy changes, in the order of the sheet.
select
    unit_no,
    township,
    village,
    name,
    id_masked,
    change,
    now_yuan,
    then_yuan,
    yuan,
    why
from what_if_change
order by
    unit_no, township, village nulls first,
    case change
        when 'gain' then 1 when 'lose' then 2 when 'more' then 3 when 'less' then 4
        when 'unpriced' then 5 else 6
    end,
    name, id_masked, subject_key;
