/* ---
title      = "账号异常"
asks       = "请照一卡通核对账号，正确账号是多少？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.account_no"]
answers    = ["已更正", "账号无误（存折账号）", "已换新账户", "无法联系"]
proof      = "一卡通复印件"
why        = "账号位数或字符不对，银行会退回。"
clause     = "银行卡号16至19位数字"
since      = 2021-09-01
--- */
-- One row = one student and period, whose account on the roster cannot be one: letters,
-- or too few or too many digits. A payment that the bank refused tells it already.
with limits as (
    select
        max(value) filter (where name = 'account_digits_from') as digits_from,
        max(value) filter (where name = 'account_digits_to') as digits_to
    from ref_limit
),

refused as (
    select
        subject_key,
        period_no
    from lnk_paid
    group by subject_key, period_no
    having bool_or(is_failure) and not bool_or(is_success)
)

select
    roster.subject_key,
    roster.period_no,
    first(mask_account(stated.account_no) order by roster.row_id desc) as observed,
    first(
        cast(cast(limits.digits_from as integer) as varchar) || '至'
        || cast(cast(limits.digits_to as integer) as varchar) || '位数字'
        order by roster.row_id
    ) as expected,
    0 as yuan_at_stake,
    first(
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied)
        || '的银行账号（' || mask_account(stated.account_no) || '）' || case
            when regexp_full_match(stated.account_no, '[0-9]+')
                then '有' || cast(length(stated.account_no) as varchar) || '位'
            else '含有字母'
        end
        || '，应为' || cast(cast(limits.digits_from as integer) as varchar) || '至'
        || cast(cast(limits.digits_to as integer) as varchar) || '位数字。'
        order by roster.row_id desc
    ) as sentence,
    cells([cell(roster.row_id, 'account_no')]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
cross join limits
left join refused
    on refused.subject_key = roster.subject_key and refused.period_no = roster.period_no
where
    roster.period_no is not null
    and stated.account_no is not null
    and not (
        regexp_full_match(stated.account_no, '[0-9]+')
        and length(stated.account_no) between limits.digits_from and limits.digits_to
    )
    and refused.subject_key is null
group by roster.subject_key, roster.period_no
