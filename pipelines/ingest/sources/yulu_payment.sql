-- Which payments are Yulu, and the period each belongs to.

insert into tmp_issue (sheet_id, issue_code, detail)
select distinct
    sheet.sheet_id,
    'ING_PERIOD_FROM_NAME' as issue_code,
    sheet.period_no || '学年' as detail,
from load_yulu_payment as payment
inner join tmp_sheet as sheet
    on payment.sheet_id = sheet.sheet_id
where payment.period_no is null and sheet.period_from = 'file';

-- A purpose that names another programme is not Yulu (国家助学金 …); one that names
-- nothing is what its title and file name say.
update load_yulu_payment as payment
set
    is_yulu = case
        when payment.summary like '%雨露%' then true
        when
            regexp_matches(
                payment.summary,
                '助学金|助学贷款|免学费|奖学金|低保|养老|医疗救助|临时救助|五保|特困|残疾人|公益性?岗'
            )
            then false
        else not sheet.is_other_programme
    end,
    period_no = coalesce(payment.period_no, sheet.period_no),
    period_no_term = case
        when coalesce(payment.period_no, sheet.period_no) = sheet.period_no
            then coalesce(payment.period_no_term, sheet.period_term)
        else payment.period_no_term
    end
from tmp_sheet as sheet
where sheet.sheet_id = payment.sheet_id;

update load_yulu_payment
set hold_code = 'ING_NO_PERIOD'
where hold_code is null and period_no is null and is_yulu;
