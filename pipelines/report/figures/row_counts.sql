-- One row per sheet: how many rows it must have and their sum in yuan, asked of the table
-- itself, since a join in the sheet's own query could double or drop a row unseen.
select 'finding' as query, count(*) as rows, sum(yuan_at_stake) as yuan
from fnd_finding
union all
select 'source', count(*), null
from out_evidence
union all
select
    'receipt',
    (
        select count(distinct outcome || coalesce(issue_code, '')) from ing_file
        where outcome not in ('read', 'unchanged')
    ) + (
        select count(*) from ing_file
        where
            outcome in ('read', 'unchanged')
            and file not in (select sheet.file from ing_sheet as sheet)
    ) + (
        select count(*) from ing_sheet as sheet
        where
            sheet.source is not null
            or exists (
                select 1 from ing_ledger as ledger
                where
                    ledger.file = sheet.file
                    and ledger.sheet = sheet.sheet
                    and ledger.disposition <> 'blank'
            )
    ),
    null
union all
select 'reading', count(*), null
from ing_sheet
union all
select 'money', count(*), null
from out_money
union all
select 'money_piece', count(*), null
from out_money_piece
union all
select 'cohort', count(*), null
from out_cohort_balance
union all
select 'cohort_open', count(*), null
from fnd_cohort
where fate = 'unexplained'
union all
select 'next_cohort', count(*), null
from fnd_next
union all
select 'notice', count(*), null
from ing_issue
union all
select 'held', count(*), null
from ing_ledger
where disposition = 'held'
union all
select 'rule', count(*), null
from ref_rule
union all
select 'list_enrolled', count(*), null
from out_list_enrolled
union all
select 'list_students', count(*), sum(amount_fen) / 100
from out_list_students
union all
select 'list_graduates', count(*), sum(amount_fen) / 100
from out_list_graduates
union all
select 'list_employment', count(*), null
from out_list_employment
union all
select 'public_list', count(*), sum(amount_fen) / 100
from out_public
where not is_doubted
union all
select 'item', count(*), sum(yuan_at_stake)
from out_item
where audience = 'village' and standing = 'out'
union all
select 'township_item', count(*), sum(yuan_at_stake)
from out_item
where audience = 'township' and standing = 'out'
union all
select 'township_detail', count(*), sum(yuan_at_stake)
from out_item
where audience = 'village' and standing = 'out'
union all
select 'township_queue', count(*), sum(yuan_at_stake)
from out_item
where standing not in ('out', 'county')
union all
select 'withdrawn', count(*), null
from mem_asked
cross join run
inner join ref_setting as setting on setting.name = 'deadline_days'
where mem_asked.left_on > run.as_of - to_days(setting.value::integer + 1)
union all
select 'question', count(*), null
from fnd_question
union all
select 'decision', count(*), null
from ret_decision
union all
select 'returned', count(*), null
from ret_row
order by query;
