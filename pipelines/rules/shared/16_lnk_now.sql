-- One row = one row of the current register, with the person's row in the last snapshot.
select
    register.row_id,
    register.person_key,
    register.snapshot_on,
    stated.household_no,
    stated.relation,
    stated.name,
    known.pid,
    known.township_key,
    before.row_id as last_row_id,
    before.household_no as last_household_no,
    before.pid as last_pid,
    before.last_on
from lnk_register as register
inner join stg_monitored_person as stated on stated.row_id = register.row_id
inner join lnk_known as known on known.row_id = register.row_id
left join (
    select *
    from lnk_last
    qualify
        row_number() over (
            partition by person_key
            order by last_on desc, household_no is null, pid is null, row_id desc
        ) = 1
) as before
    on before.person_key = register.person_key
where register.is_current
