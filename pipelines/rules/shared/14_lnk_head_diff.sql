-- One row = one compared roster row whose head is nobody whom the register calls head of
-- the student's household. The same name or the same number is the same head.
with home as (
    select distinct
        compared.row_id,
        member.row_id as head_row_id,
        member.name as head_name,
        member.name_key as head_name_key,
        member.id_number_pid as head_pid
    from lnk_compared as compared
    inner join stg_monitored_person as member
        on
            member.household_no = compared.household_no
            and member.snapshot_on = compared.snapshot_on
            and member.relation = '户主'

    union

    select
        compared.row_id,
        compared.register_row_id as head_row_id,
        compared.register_head_name as head_name,
        compared.register_head_name_key as head_name_key,
        compared.register_head_pid as head_pid
    from lnk_compared as compared
    where
        compared.register_head_name_key is not null
        or compared.register_head_pid is not null
)

select
    compared.row_id,
    any_value(compared.head_name) as head_name,
    min(home.head_row_id) as head_row_id,
    first(home.head_name order by home.head_row_id, home.head_name) as register_head_name
from lnk_compared as compared
inner join home on home.row_id = compared.row_id
inner join lnk_roster_row as roster on roster.row_id = compared.row_id
where
    compared.head_name_key is not null
    -- the student's own name in the head's column says nothing about the head
    and (
        compared.head_name_key <> roster.name_key
        or compared.register_relation = '户主'
    )
    and home.head_name_key is not null
group by compared.row_id
having
    not bool_or(coalesce(home.head_name_key = compared.head_name_key, false))
    and not bool_or(coalesce(home.head_pid = compared.head_pid, false))
