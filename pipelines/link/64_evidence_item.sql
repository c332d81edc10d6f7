-- One row per piece of evidence of a roster row: side for | against, in the order in
-- which it is said, as the JSON object that is kept. Codes: pipelines/link/evidence.py.
-- First what the number says.
create or replace table lnk_evidence_item as
select
    choice.row_id,
    'for' as side,
    1 as position,
    case
        when exact.row_id is null then json_object('code', 'school_no_same')
        when exact.kind = 'school' then json_object('code', 'school_no_former')
        when exact.kind = 'text' then json_object('code', 'number_text_same')
        when line.form = 'student_no' then json_object('code', 'number_in_student_no')
        when choice.tier = 'id15' then json_object('code', 'number_15_same')
        when coalesce(line.number <> person.pid, true)
            then json_object('code', 'number_former')
        else json_object('code', 'number_same')
    end as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
inner join lnk_person as person on person.person_key = choice.person_key
left join lnk_exact as exact on exact.row_id = choice.row_id
where choice.standing = 'certain'

union all

-- a person said so
select
    choice.row_id,
    'for' as side,
    0 as position,
    case
        when decided.decided_on is null
            then json_object('code', 'decided', 'question', decided.question_no)
        else
            json_object(
                'code', 'decided_dated',
                'on', decided.decided_on,
                'question', decided.question_no
            )
    end as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
inner join lnk_decided as decided on decided.line_key = line.line_key
where choice.standing = 'decided'

union all

select
    choice.row_id,
    'against' as side,
    1 as position,
    case
        when line.borrowed is not null
            then json_object('code', 'number_of_' || line.borrowed)
        else json_object('code', 'number_missing')
    end as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
where choice.standing = 'decided' and line.number_class in ('none', 'short')

union all

select
    parted.row_id,
    'for' as side,
    1 as position,
    json_object(
        'code', 'number_near',
        'distance', parted.distance,
        'how', parted.how,
        'positions', parted.positions,
        'roster', mask_id(parted.number),
        'register', mask_id(parted.person_number)
    ) as item
from lnk_parted as parted

union all

select
    candidate.roster_row_id as row_id,
    'for' as side,
    1 as position,
    json_object('code', 'number_kept', 'digits', candidate.digits) as item
from lnk_candidate as candidate
inner join lnk_choice as choice
    on
        choice.row_id = candidate.roster_row_id
        and choice.person_key = candidate.person_key
where candidate.tier = 'id_cut'

union all

select
    row_id,
    'for' as side,
    2 as position,
    json_object('code', 'check_wrong') as item
from lnk_parted
where is_id18(number) and not has_good_check(number)

union all

-- who, where, whose child
select
    row_id,
    case
        when is_same_name or likeness in ('sound', 'look') then 'for' else 'against'
    end as side,
    3 as position,
    case
        when is_same_name and not is_present_name
            then json_object('code', 'name_former')
        when is_same_name and coalesce(is_written_same, true)
            then json_object('code', 'name_same')
        when is_same_name then json_object('code', 'name_variant')
        when likeness is not null then json_object('code', 'name_' || likeness)
        else json_object('code', 'name_differs')
    end as item
from lnk_compared
where is_same_name is not null

union all

select
    row_id,
    case when is_same_village then 'for' else 'against' end as side,
    4 as position,
    case
        when is_same_village then json_object('code', 'village_same')
        else json_object('code', 'village_differs')
    end as item
from lnk_compared
where is_same_village is not null

union all

select
    row_id,
    case when head = 'head_differs' then 'against' else 'for' end as side,
    5 as position,
    json_object('code', head) as item
from lnk_compared
where head is not null

union all

select
    row_id,
    'against' as side,
    6 as position,
    json_object('code', 'sex_differs') as item
from lnk_compared
where is_other_sex

union all

select
    row_id,
    'against' as side,
    4 as position,
    json_object('code', 'name_common', 'count', namesakes) as item
from lnk_compared
where namesakes > 1

union all

select
    row_id,
    'for' as side,
    6 as position,
    json_object('code', unnest(list_filter([
        case when is_guardian_member then 'guardian_member' end,
        case when is_same_household_no then 'household_no_same' end,
        case when is_same_person_no then 'person_no_same' end,
    ], lambda code: code is not null))) as item
from lnk_compared

union all

-- where the person is known from, when not from the current export
select
    row_id,
    'for' as side,
    7 as position,
    json_object('code', 'seen_before', 'on', snapshot_on) as item
from lnk_compared
where in_register and not is_current

union all

select
    row_id,
    'for' as side,
    7 as position,
    json_object('code', 'seen_departed') as item
from lnk_compared
where not in_register

union all

-- what is missing, and why nobody is linked
select
    line.row_id,
    case when alone.begun is not null then 'for' else 'against' end as side,
    1 as position,
    case
        when alone.begun is not null then json_object('code', alone.begun)
        when line.borrowed is not null
            then json_object('code', 'number_of_' || line.borrowed)
        when line.number_class in ('none', 'short')
            then json_object('code', 'number_missing')
        else json_object('code', 'register_number_missing')
    end as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
inner join lnk_single_namesake as alone on alone.row_id = choice.row_id
where choice.tier = 'no_id'

union all

select
    alone.row_id,
    'for' as side,
    1 as position,
    json_object('code', 'number_in_head_column') as item
from lnk_choice as choice
inner join lnk_single_namesake as alone on alone.row_id = choice.row_id
where choice.tier = 'no_id' and alone.is_own_in_head_column

union all

-- the register has no number, but the birthday that the row's number tells
select
    choice.row_id,
    'for' as side,
    2 as position,
    json_object('code', 'birth_same') as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
inner join lnk_person as person on person.person_key = choice.person_key
where choice.tier = 'no_id' and line.is_good and person.birth_on = id_birth(line.number)

union all

select
    choice.row_id,
    'against' as side,
    1 as position,
    json_object('code', 'number_of_' || line.borrowed) as item
from lnk_choice as choice
inner join lnk_row as line on line.row_id = choice.row_id
where choice.tier in ('none', 'ambiguous') and line.borrowed is not null

union all

select
    row_id,
    'against' as side,
    8 as position,
    json_object('code', coalesce(doubt, 'several')) as item
from lnk_choice
where tier = 'ambiguous'

union all

select
    row_id,
    'against' as side,
    8 as position,
    case
        when row_id in (select row_id from lnk_considered)
            then json_object('code', 'nobody_else')
        else json_object('code', 'nobody')
    end as item
from lnk_choice
where tier = 'none';
