-- The period of a roster row, and whether it is only applied for.

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
where sheet.file = roster.file and sheet.sheet_no = roster.sheet_no;
