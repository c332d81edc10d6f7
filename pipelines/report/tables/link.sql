-- One line per accepted roster row.
select
    roster.file,
    roster.sheet,
    roster.row_no,
    roster.id_number as id_as_read,
    linked.person_key,
    linked.person_id,
    linked.tier,
    linked.standing,
    linked.evidence,
    linked.evidence_sentence,
    linked.period_no as period
from lnk_roster as linked
inner join stg_yulu_roster as roster on linked.row_id = roster.row_id
order by roster.file, roster.sheet, roster.row_no
