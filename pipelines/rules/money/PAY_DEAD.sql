/* ---
title      = "死亡后发放"
asks       = "该生去世后仍有补助入账，钱由谁领取？是否已追回？"
severity   = "A"
owner      = "county"
subject    = "person"
population = "payment"
needs      = [
    "yulu_payment",
    "yulu_payment.paid_on",
    "member_departure",
    "member_departure.departed_on",
]
answers    = ["属实，已追回", "属实，正在追回", "死亡登记有误，已更正", "属去世前应得，已报批"]
money      = ["listed_over", "paid_over", "risk"]
proof      = "死亡证明、发放回单"
why        = "人已去世，补助不应再发。"
clause     = "补助对象为在校学生本人"
since      = 2021-09-01
--- */
-- One row = one person and period, paid after a registered death. A death before the
-- reference day is ELG_REDUCED where the roster still names the person.
with registered as (
    select
        link.person_key as subject_key,
        link.row_id,
        link.departed_on
    from lnk_departure as link
    where link.reason = '死亡'

    union

    -- the number meets the departure directly too (ruling 6)
    select
        paid.subject_key,
        departure.row_id,
        departure.departed_on
    from lnk_paid as paid
    inner join stg_yulu_payment as stated on stated.row_id = paid.row_id
    inner join stg_member_departure as departure
        on departure.id_number_pid = stated.id_number_pid
    where
        departure.departure_reason = '死亡'
        and departure.id_number_form in ('id18', 'id15', 'disability')
        and stated.id_number_form in ('id18', 'id15', 'disability')
),

dead as (
    select
        subject_key,
        arg_min(row_id, struct_pack(day := departed_on, row_no := row_id)) as row_id,
        min(departed_on) as departed_on
    from registered
    where departed_on is not null
    group by subject_key
)

select
    paid.subject_key,
    paid.period_no,
    first(day_zh(paid.paid_on) || '入账' order by paid.paid_on, paid.row_id) as observed,
    first(day_zh(dead.departed_on) || '去世' order by paid.row_id) as expected,
    whole_yuan(sum(paid.amount_fen)) as yuan_at_stake,
    first(
        '自然减少名单登记该人' || day_zh(dead.departed_on) || '去世；发放文件'
        || period_zh(paid.period_no) || '补助' || coalesce(yuan_zh(paid.amount_fen), '')
        || '于' || day_zh(paid.paid_on) || '入账。'
        order by paid.paid_on, paid.row_id
    ) as sentence,
    cells([
        cell(paid.row_id, 'paid_on'), cell(paid.row_id, 'amount_fen'),
        cell(dead.row_id, 'departed_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_paid as paid
inner join dead on dead.subject_key = paid.subject_key
left join ref_period as period on period.period_no = paid.period_no
where
    paid.is_success
    and paid.paid_on > dead.departed_on
    and not exists (
        select 1 from lnk_roster as listed
        where
            listed.subject_key = paid.subject_key
            and listed.period_no = paid.period_no
            and dead.departed_on < period.reference_on
    )
group by paid.subject_key, paid.period_no
