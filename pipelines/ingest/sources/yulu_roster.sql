-- The period of a roster row, and whether it is only applied for.

insert into tmp_issue (sheet_id, issue_code, detail)
select distinct
    sheet.sheet_id,
    'ING_PERIOD_FROM_NAME' as issue_code,
    sheet.period_no || '学年' as detail,
from load_yulu_roster as roster
inner join tmp_sheet as sheet
    on roster.sheet_id = sheet.sheet_id
where roster.period_no is null and sheet.period_from = 'file';

update load_yulu_roster as roster
set
    period_no = coalesce(roster.period_no, sheet.period_no),
    period_no_term = case
        when coalesce(roster.period_no, sheet.period_no) = sheet.period_no
            then coalesce(roster.period_no_term, sheet.period_term)
        else roster.period_no_term
    end,
    hold_code = coalesce(
        roster.hold_code,
        case
            when coalesce(roster.period_no, sheet.period_no) is null
                then 'ING_NO_PERIOD'
        end
    ),
    is_applied = case
        when roster.review_status is not null then roster.review_status <> '已通过'
        else sheet.is_applied
    end
from tmp_sheet as sheet
where sheet.sheet_id = roster.sheet_id;
