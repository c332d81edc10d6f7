-- One row = one person on a roster or paid, with the households, heads and names that
-- any register row or roster row ever gave them.
with student as (
    select distinct
        subject_key,
        person_key
    from lnk_roster
),

registered as (
    select
        student.subject_key,
        stated.household_no,
        stated.head_id_number_pid as head_pid,
        stated.head_name_key
    from student
    inner join lnk_register as register on register.person_key = student.person_key
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
),

homes as (
    select distinct
        subject_key,
        household_no
    from registered
    where household_no is not null
),

member as (
    select distinct
        homes.subject_key,
        stated.name_key,
        case when stated.relation = '户主' then stated.id_number_pid end as head_pid
    from homes
    inner join stg_monitored_person as stated
        on stated.household_no = homes.household_no
),

listed as (
    select
        link.subject_key,
        stated.name_key,
        stated.head_name_key,
        stated.head_id_number_pid as head_pid,
        stated.guardian_name_key
    from lnk_roster as link
    inner join stg_yulu_roster as stated on stated.row_id = link.row_id
),

named as (
    select subject_key, name_key from member
    union
    select subject_key, head_name_key as name_key from registered
    union
    select subject_key, unnest([name_key, head_name_key, guardian_name_key]) as name_key
    from listed
),

bound as (
    select subject_key, 'h' || household_no as bond from homes
    union
    select subject_key, 'p' || head_pid as bond from registered
    union
    select subject_key, 'p' || head_pid as bond from member
    union
    select subject_key, 'p' || head_pid as bond from listed
    union
    -- a roster without numbers tells the household by the head's name
    select subject_key, 'n' || head_name_key as bond from listed
    union
    select subject_key, 'n' || head_name_key as bond from registered
),

names as (
    select
        subject_key,
        list(name_key order by name_key) as name_keys
    from named
    where name_key is not null
    group by subject_key
),

bonds as (
    select
        subject_key,
        list(bond order by bond) as bonds
    from bound
    where bond is not null
    group by subject_key
)

select
    student.subject_key,
    student.person_key,
    coalesce(names.name_keys, []) as name_keys,
    coalesce(bonds.bonds, []) as bonds
from student
left join names on names.subject_key = student.subject_key
left join bonds on bonds.subject_key = student.subject_key
