/* ---
title      = "账户非本人或户内成员"
asks       = "这个账户是谁的？和该生是什么关系？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "yulu_roster.account_holder|yulu_payment.holder_name",
]
seen_in    = ["monitored_person", "member_departure"]
answers    = ["属实，已换为本人或户内账户", "是监护人，已补登记", "户名录错，已更正", "已追回", "无法联系"]
money      = ["risk"]
proof      = "一卡通复印件、监护关系证明"
why        = "补助要直接发到户，发进外人账户可能被冒领。"
policy     = "holder"
since      = 2021-09-01
--- */
-- One row = one linked student and period, whose account is held by nobody of the
-- student's households, no head and no named guardian. A register without the student
-- knows no household either, and settles nothing.
with held as (
    select
        roster.subject_key,
        roster.period_no,
        roster.row_id,
        'account_holder' as field,
        stated.account_holder as holder,
        stated.account_holder_key as holder_key,
        roster.standard_fen as fen,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as source_zh,
        2 as rank
    from lnk_roster_row as roster
    inner join stg_yulu_roster as stated on stated.row_id = roster.row_id

    union all

    select
        paid.subject_key,
        paid.period_no,
        paid.row_id,
        'holder_name' as field,
        stated.holder_name as holder,
        stated.holder_name_key as holder_key,
        paid.amount_fen as fen,
        '发放文件' || coalesce('（' || strftime(paid.paid_on, '%Y-%m-%d') || '）', '')
            as source_zh,
        1 as rank
    from lnk_paid as paid
    inner join stg_yulu_payment as stated on stated.row_id = paid.row_id
)

select
    held.subject_key,
    held.period_no,
    first(held.holder order by held.rank, held.row_id desc) as observed,
    '本人、户主、户内成员或登记的监护人' as expected,
    whole_yuan(max(held.fen)) as yuan_at_stake,
    first(
        held.source_zh || '的开户名为“' || held.holder || '”，不是该生本人，'
        || '也不是户主、户内成员或登记的监护人（' || period_zh(held.period_no) || '）。'
        order by held.rank, held.row_id desc
    ) as sentence,
    cells([cell(held.row_id, held.field)]) as evidence,
    no_text() as hold_reason
from held
inner join lnk_relative as relative on relative.subject_key = held.subject_key
where
    relative.person_key is not null
    and held.period_no is not null
    and held.holder_key is not null
    -- a bank may print only part of a name
    and not regexp_matches(held.holder, '[*＊×]')
    and not list_contains(relative.name_keys, held.holder_key)
group by held.subject_key, held.period_no
