-- One row = one Yulu payment of a known period, with what became of it.
with heading as (
    select
        file,
        coalesce(sheet, '') as sheet,
        bool_or(column_name = 'payment_status' and fate = 'used') as has_status
    from ing_heading
    group by all
)

select
    link.row_id,
    link.subject_key,
    link.period_no,
    link.via,
    payment.amount_fen,
    payment.paid_on,
    case when coalesce(file.dated_by, '') <> 'mtime' then payment.snapshot_on end
        as listed_on,
    payment.failure_reason,
    payment.township_key,
    payment.name_key,
    payment.holder_name_key,
    payment.id_number_pid is not null or payment.account_no is not null as has_number,
    -- a payment list without a status column was paid; an empty status is no result
    coalesce(
        payment.payment_status = '成功', not coalesce(heading.has_status, false)
    ) as is_success,
    coalesce(payment.payment_status = '失败', false) as is_failure,
    period.term as period_term,
    halves(period.term, payment.period_no_term) as halves
from lnk_payment as link
inner join stg_yulu_payment as payment on payment.row_id = link.row_id
left join ing_file as file on file.file = payment.file
left join ref_period as period on period.period_no = link.period_no
left join heading
    on heading.file = payment.file and heading.sheet = coalesce(payment.sheet, '')
where link.period_no is not null and coalesce(payment.is_yulu, true)
