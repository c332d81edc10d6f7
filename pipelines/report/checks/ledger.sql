-- One row per sheet whose ledger does not balance: an accepted or superseded line is a
-- staged row and the other way round, a held line with a row has it raw, no line stands twice.
with staged as (
    select row_id from stg_monitored_person
    union all
    select row_id from stg_yulu_roster
    union all
    select row_id from stg_member_departure
    union all
    select row_id from stg_yulu_payment
    union all
    select row_id from stg_monitored_job
    union all
    select row_id from stg_school_register
    union all
    select row_id from stg_graduate_destination
    union all
    select row_id from stg_yulu_module
),

lines as (
    select
        ledger.file,
        ledger.sheet,
        count(*) filter (
            where ledger.disposition in ('accepted', 'superseded')
            and staged.row_id is null
            and ledger.source <> 'field_return'
        ) as unstaged,
        -- the rows of a table that is no source of ours are held without being staged
        count(*) filter (
            where ledger.disposition = 'held'
            and ledger.row_id is not null
            and out_row.row_id is null
        ) as held_nowhere,
        count(*) - count(distinct ledger.row_no) as doubled
    from ing_ledger as ledger
    left join staged on ledger.row_id = staged.row_id
    left join out_row on ledger.row_id = out_row.row_id
    group by ledger.file, ledger.sheet
)

select '台账不平：' || file || ' ' || sheet as shortfall
from lines
where unstaged > 0 or held_nowhere > 0 or doubled > 0
union all
select '台账行数与读到的行数不符：' || sheet.file || ' ' || sheet.sheet
from ing_sheet as sheet
left join (
    select
        file,
        sheet,
        count(*) as lines
    from ing_ledger
    group by file, sheet
) as ledger on sheet.file = ledger.file and sheet.sheet = ledger.sheet
where coalesce(ledger.lines, 0) <> sheet.rows
union all
select '有数据行不在台账中：' || count(*)::varchar || ' 行'
from staged
left join ing_ledger as ledger
    on
        staged.row_id = ledger.row_id
        and ledger.disposition in ('accepted', 'superseded')
where ledger.row_id is null
having count(*) > 0
union all
-- every row of a returned workbook that shows a number has its line in the receipt
select '交回的行没有回执：' || ledger.file || ' ' || ledger.sheet
from ing_ledger as ledger
left join ret_row as returned
    on
        ledger.file = returned.file
        and ledger.sheet = returned.sheet
        and ledger.row_no = returned.row_no
where
    ledger.source = 'field_return'
    and ledger.disposition = 'accepted'
    and returned.row_no is null
group by ledger.file, ledger.sheet
order by shortfall;
