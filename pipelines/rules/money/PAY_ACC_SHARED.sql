/* ---
title      = "账户多户共用"
asks       = "几户学生用同一个账户，账户是谁的？"
severity   = "A"
owner      = "county"
subject    = "account"
population = "roster"
needs      = ["yulu_roster|yulu_payment", "yulu_roster.account_no|yulu_payment.account_no"]
answers    = ["账号录错，已更正", "属实，已换为各户账户", "实为同一户（分户前）", "已追回"]
money      = ["account"]
proof      = "各户一卡通复印件"
why        = "不同家庭的补助进了一个账户，可能被代领或截留。"
policy     = "holder"
since      = 2021-09-01
--- */
-- One row = one account and period, used for students of different households; the
-- subject is the student with the smallest number (ruling 14).
with used as (
    select
        roster.subject_key,
        roster.period_no,
        stated.account_no,
        roster.row_id,
        roster.standard_fen as fen,
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as source_zh
    from lnk_roster_row as roster
    inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
    where roster.tier <> 'ambiguous'

    union all

    select
        paid.subject_key,
        paid.period_no,
        stated.account_no,
        paid.row_id,
        paid.amount_fen as fen,
        '发放文件' || coalesce('（' || strftime(paid.paid_on, '%Y-%m-%d') || '）', '')
            as source_zh
    from lnk_paid as paid
    inner join stg_yulu_payment as stated on stated.row_id = paid.row_id
    -- a payment that met nobody is of nobody's household
    where paid.via <> 'none'
),

per_student as (
    select
        used.account_no,
        used.period_no,
        used.subject_key,
        subject.subject_id,
        relative.bonds,
        max(used.fen) as fen,
        max(used.source_zh) as source_zh,
        list(cell(used.row_id, 'account_no')) as evidence
    from used
    inner join lnk_subject as subject on subject.subject_key = used.subject_key
    inner join lnk_relative as relative on relative.subject_key = used.subject_key
    where
        used.period_no is not null
        -- a number cut short is PAY_ACC_BAD: what it has in common proves nothing
        and regexp_full_match(used.account_no, '[0-9]+')
        and length(used.account_no) >= (
            select max(value) filter (where name = 'account_digits_from') from ref_limit
        )
        and used.account_no <> repeat(left(used.account_no, 1), length(used.account_no))
    group by
        used.account_no, used.period_no, used.subject_key, subject.subject_id,
        relative.bonds
    qualify count(*) over (partition by used.account_no, used.period_no) > 1
),

-- a student of whom nothing tells the household proves nothing
apart as (
    select distinct
        one.account_no,
        one.period_no
    from per_student as one
    inner join per_student as other
        on
            other.account_no = one.account_no
            and other.period_no = one.period_no
            and other.subject_key > one.subject_key
    where
        len(one.bonds) > 0
        and len(other.bonds) > 0
        and not list_has_any(one.bonds, other.bonds)
),

shared_account as (
    select
        per_student.account_no,
        per_student.period_no,
        first(per_student.subject_key order by per_student.subject_id, per_student.subject_key)
            as subject_key,
        count(*) as students,
        sum(per_student.fen) - max(per_student.fen) as fen,
        max(per_student.source_zh) as source_zh,
        cells(per_student.evidence) as evidence
    from per_student
    inner join apart
        on
            apart.account_no = per_student.account_no
            and apart.period_no = per_student.period_no
    group by per_student.account_no, per_student.period_no
)

select
    subject_key,
    period_no,
    string_agg(mask_account(account_no), '、' order by account_no) as observed,
    '每户一个账户' as expected,
    whole_yuan(sum(fen)) as yuan_at_stake,
    first(source_zh order by account_no) || '：' || string_agg(
        '账户' || mask_account(account_no) || '由' || cast(students as varchar)
        || '名学生共用，他们不是同一户',
        '；'
        order by account_no
    ) || '（' || period_zh(period_no) || '）。' as sentence,
    list_sort(list_distinct(flatten(list(evidence)))) as evidence,
    no_text() as hold_reason
from shared_account
group by subject_key, period_no
