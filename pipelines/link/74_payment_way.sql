-- One row per stg_yulu_payment row, prepared for comparison.
create or replace table lnk_transfer as
select
    payment.row_id,
    coalesce(by_term.period_no, by_year.period_no, payment.period_no) as period_no,
    case
        when payment.id_number_form in ('id18', 'id15', 'disability', 'student_no')
            then payment.id_number_pid
        when
            payment.id_number_form = 'bad'
            and length(payment.id_number_pid) between 15 and 22
            then payment.id_number_pid
    end as number,
    case
        when payment.id_number_form = 'cut' and is_kept(payment.id_number_kept)
            then payment.id_number_kept
    end as kept,
    payment.id_number as id_text,
    payment.name,
    payment.name_key,
    payment.holder_name_key,
    payment.account_no,
    place.township_key,
    place.village_key,
    place.doubt as place_doubt,
    coalesce(payment.name, payment.holder_name) as shown_name
from stg_yulu_payment as payment
left join ref_period as by_term
    on
        by_term.school_year = payment.period_no
        and by_term.term = payment.period_no_term
left join ref_period as by_year
    on by_year.school_year = payment.period_no and by_year.term is null
left join lnk_place_seen as place
    on
        place.seen_township_key is not distinct from payment.township_key
        and place.seen_village_key is not distinct from payment.village_key;

-- One row per roster subject, period and way a payment may name it.
create or replace table lnk_payee as
select distinct
    link.subject_key,
    link.subject_id,
    link.person_key,
    link.period_no,
    -- also a number that is the head's: the bank had it from this very roster
    coalesce(line.number, line.kept, line.written) as number,
    line.number is null and line.kept is not null as is_cut,
    line.name_key,
    roster.account_no,
    roster.account_holder_key
from lnk_roster as link
inner join lnk_row as line on line.row_id = link.row_id
inner join stg_yulu_roster as roster on roster.row_id = link.row_id;

-- One row per payment and roster subject that it may belong to, with the way (`rank`,
-- the smaller the surer): the number as written comes first, then the person behind
-- it, then account and name together.
create or replace table lnk_payment_way as
-- 1, 2: the same number on the roster of the same period, of another period
select
    transfer.row_id,
    payee.subject_key,
    payee.subject_id,
    'number' as via,
    case when payee.period_no = transfer.period_no then 1 else 2 end as rank,
    coalesce(payee.name_key in (transfer.name_key, transfer.holder_name_key), false)
        as is_same_name
from lnk_transfer as transfer
inner join lnk_payee as payee on payee.number = transfer.number
where not payee.is_cut

union all

-- 3: one of the two was cut by Excel, and the name agrees
select
    transfer.row_id,
    payee.subject_key,
    payee.subject_id,
    'number' as via,
    3 as rank,
    true as is_same_name
from lnk_transfer as transfer
inner join lnk_payee as payee
    on
        left(payee.number, 10) = left(coalesce(transfer.number, transfer.kept), 10)
        and payee.name_key = coalesce(transfer.name_key, transfer.holder_name_key)
where
    (transfer.number is null or payee.is_cut)
    and agrees(payee.number, coalesce(transfer.number, transfer.kept))

union all

-- 4, 5: the person of that number is on the roster under another one
select
    transfer.row_id,
    payee.subject_key,
    payee.subject_id,
    'link' as via,
    case when payee.period_no = transfer.period_no then 4 else 5 end as rank,
    coalesce(payee.name_key in (transfer.name_key, transfer.holder_name_key), false)
        as is_same_name
from lnk_transfer as transfer
inner join lnk_known_number as known
    on known.number = transfer.number and known.kind in ('pid', 'former')
inner join lnk_payee as payee on payee.person_key = known.person_key

union all

-- 6, 7: the account on the roster, and the student's or the holder's name
select
    transfer.row_id,
    payee.subject_key,
    payee.subject_id,
    'account' as via,
    case when payee.period_no = transfer.period_no then 6 else 7 end as rank,
    coalesce(payee.name_key in (transfer.name_key, transfer.holder_name_key), false)
        as is_same_name
from lnk_transfer as transfer
inner join lnk_payee as payee on payee.account_no = transfer.account_no
where
    payee.name_key in (transfer.name_key, transfer.holder_name_key)
    or payee.account_holder_key in (transfer.name_key, transfer.holder_name_key)

union all

-- 8: a person of the register who is on no roster
select
    transfer.row_id,
    known.person_key as subject_key,
    person.person_id as subject_id,
    'link' as via,
    8 as rank,
    true as is_same_name
from lnk_transfer as transfer
inner join lnk_known_number as known
    on known.number = transfer.number and known.kind in ('pid', 'former')
inner join lnk_person as person on person.person_key = known.person_key;
