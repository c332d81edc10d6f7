-- One row = one row of the current register, or of a roster for whose period a snapshot
-- speaks, with the place as written. Old rosters name the places of then.
select
    'monitored_person' as source,
    stated.row_id,
    no_text() as subject_key,
    stated.township,
    stated.township_key,
    stated.village,
    stated.village_key,
    register_zh(register.snapshot_on) as source_zh
from lnk_register as register
inner join stg_monitored_person as stated on stated.row_id = register.row_id
where register.is_current

union all

select
    'yulu_roster' as source,
    roster.row_id,
    roster.subject_key,
    roster.township,
    roster.township_key,
    roster.village,
    roster.village_key,
    roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as source_zh
from lnk_roster_row as roster
where roster.period_no in (select distinct period_no from lnk_speaking)
