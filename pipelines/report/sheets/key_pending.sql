-- One row per number that one system will have to correct once the card has been seen.
select
    item.township,
    item.village,
    person.household_no,
    register.person_no,
    item.name,
    coalesce(register.id_number, person.person_id) as register_number,
    roster.id_number as roster_number,
    item.finding_no,
    '待现场核对证件后确认，未确认前请勿录入' as status
from out_item as item
left join lnk_person as person on item.person_key = person.person_key
left join stg_monitored_person as register on person.row_id = register.row_id
left join (
    select evidence.finding_no, arg_min(source_row.id_number, evidence.cell_no) as id_number
    from out_evidence as evidence
    inner join stg_yulu_roster as source_row on evidence.row_id = source_row.row_id
    group by evidence.finding_no
) as roster on item.finding_no = roster.finding_no
where item.rule_code = 'IDN_NEAR_ID'
order by item.township, item.village, item.name, item.finding_no;
