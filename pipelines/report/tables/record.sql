-- One line per accepted or superseded row about a person: whose it is (null: a name of its
-- own where nobody is known), and what it says of them. No account, no telephone.
with told as (
    select
        'monitored_person' as source,
        stated.row_id,
        owner.person_key,
        null as period,
        concat_ws('，', stated.relation, stated.household_type, stated.school_state) as says
    from stg_monitored_person as stated
    left join lnk_register as owner on owner.row_id = stated.row_id

    union all

    select
        'yulu_roster' as source,
        stated.row_id,
        owner.subject_key as person_key,
        owner.period_no as period,
        concat_ws(
            '，', stated.school_level, stated.school_name,
            cast(stated.amount_fen // 100 as varchar) || '元'
        ) as says
    from stg_yulu_roster as stated
    left join lnk_roster as owner on owner.row_id = stated.row_id

    union all

    select
        'member_departure' as source,
        stated.row_id,
        owner.person_key,
        null as period,
        concat_ws('，', stated.departure_reason, cast(stated.departed_on as varchar)) as says
    from stg_member_departure as stated
    left join lnk_departure as owner on owner.row_id = stated.row_id

    union all

    select
        'yulu_payment' as source,
        stated.row_id,
        owner.subject_key as person_key,
        owner.period_no as period,
        concat_ws(
            '，', stated.payment_status, cast(stated.amount_fen // 100 as varchar) || '元',
            cast(stated.paid_on as varchar)
        ) as says
    from stg_yulu_payment as stated
    left join lnk_payment as owner on owner.row_id = stated.row_id

    union all

    select
        'school_register' as source,
        stated.row_id,
        owner.subject_key as person_key,
        stated.period_no as period,
        concat_ws('，', stated.register_status, stated.school_name, stated.grade) as says
    from stg_school_register as stated
    left join lnk_list as owner on owner.row_id = stated.row_id

    union all

    select
        'monitored_job' as source,
        stated.row_id,
        owner.subject_key as person_key,
        null as period,
        concat_ws('，', stated.employer, cast(stated.started_on as varchar) || ' 起') as says
    from stg_monitored_job as stated
    left join lnk_list as owner on owner.row_id = stated.row_id

    union all

    select
        'graduate_destination' as source,
        stated.row_id,
        owner.subject_key as person_key,
        null as period,
        concat_ws('，', stated.destination, stated.employer, stated.study_school) as says
    from stg_graduate_destination as stated
    left join lnk_list as owner on owner.row_id = stated.row_id

    union all

    select
        'yulu_module' as source,
        stated.row_id,
        owner.subject_key as person_key,
        stated.period_no as period,
        concat_ws('，', stated.school_level, stated.school_name) as says
    from stg_yulu_module as stated
    left join lnk_list as owner on owner.row_id = stated.row_id
),

described as (
    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, household_no, person_no, head_name, head_id_number, sex, birth_on
    from stg_monitored_person

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, household_no, person_no, head_name, head_id_number, sex, student_no,
        guardian_name
    from stg_yulu_roster

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, household_no, person_no, head_name
    from stg_member_departure

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village
    from stg_yulu_payment

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, student_no
    from stg_school_register

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, household_no
    from stg_monitored_job

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, head_name
    from stg_graduate_destination

    union all by name

    select
        row_id, file, sheet, row_no, snapshot_on, is_current, name, id_number, township,
        village, household_no, person_no, head_name, head_id_number, sex, student_no,
        guardian_name
    from stg_yulu_module
)

select
    told.source,
    described.file,
    described.sheet,
    described.row_no,
    told.person_key,
    told.period,
    described.snapshot_on,
    described.is_current,
    described.name,
    described.id_number as id_as_read,
    described.student_no,
    described.township,
    described.village,
    described.household_no,
    described.person_no,
    described.head_name,
    described.head_id_number,
    described.guardian_name,
    described.sex,
    described.birth_on,
    told.says
from told
inner join described on described.row_id = told.row_id
order by described.file, described.sheet, described.row_no
