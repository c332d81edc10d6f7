-- One row per stg_yulu_payment row: whom it was for. The surest way decides when it
-- leads to one subject, by the student's name if it leads to several; else the next.
-- A number is no way to be in doubt: of several subjects the first by key has it.
create or replace table lnk_payment as
with named as (
    select distinct
        row_id,
        rank,
        via,
        subject_key,
        subject_id
    from lnk_payment_way
    qualify
        is_same_name
        or not bool_or(is_same_name) over (partition by row_id, rank)
),

single as (
    select
        row_id,
        rank,
        min(via) as via,
        min(subject_key) as subject_key,
        arg_min(subject_id, subject_key) as subject_id
    from named
    group by row_id, rank
    having count(distinct subject_key) = 1 or min(via) = 'number'
),

best as (
    select *
    from single
    qualify row_number() over (partition by row_id order by rank) = 1
)

select
    transfer.row_id,
    coalesce(
        best.subject_key,
        case
            when transfer.number is not null then own_key(transfer.number)
            else
                own_key(
                    concat_ws(
                        '|', '-', transfer.id_text, '=', transfer.name_key, '=',
                        transfer.holder_name_key, '=', transfer.account_no
                    )
                )
        end
    ) as subject_key,
    case
        when best.subject_key is not null then best.subject_id
        else coalesce(transfer.number, transfer.id_text)
    end as subject_id,
    transfer.period_no,
    coalesce(best.via, 'none') as via
from lnk_transfer as transfer
left join best on best.row_id = transfer.row_id;
