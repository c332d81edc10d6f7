-- One row = one linked roster row of a period for which a snapshot speaks, beside the
-- register row that does: old rosters tell the head, relation and type of then.
select
    roster.row_id,
    roster.subject_key,
    roster.person_key,
    roster.period_no,
    roster_zh(roster.period_no, roster.listed_on, roster.is_applied) as roster_zh,
    stated.head_name,
    stated.head_name_key,
    stated.head_id_number_pid as head_pid,
    stated.relation,
    stated.household_type,
    coalesce(raw.relation, stated.relation) as relation_written,
    register.row_id as register_row_id,
    register_zh(register.snapshot_on) as register_zh,
    register.snapshot_on,
    register.household_no,
    register.relation as register_relation,
    register.head_name as register_head_name,
    register.head_name_key as register_head_name_key,
    register.head_id_number_pid as register_head_pid,
    status.household_type as register_type,
    status.monitored_category as register_category,
    standing.is_entitled
from lnk_roster_row as roster
inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
left join raw_yulu_roster as raw on raw.row_id = roster.row_id
inner join lnk_speaking as speaking
    on
        speaking.person_key = roster.person_key
        and speaking.period_no = roster.period_no
inner join lnk_person as person
    on person.person_key = roster.person_key and person.is_current
inner join stg_monitored_person as register on register.row_id = speaking.row_id
inner join lnk_status as status on status.row_id = speaking.row_id
left join lnk_standing as standing
    on
        standing.person_key = roster.person_key
        and standing.period_no = roster.period_no
-- only what describes now is worth a visit
where speaking.snapshot_on = person.snapshot_on
