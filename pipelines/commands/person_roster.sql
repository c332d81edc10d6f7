-- One row per roster row that carries the number or is linked to the person.
select distinct
    link.period,
    link.file,
    link.sheet,
    link.row_no,
    link.id_as_read,
    link.tier,
    link.standing,
    link.evidence_sentence
from link
inner join asked
    on
        link.person_key = asked.person_key
        or link.person_id = asked.person_id
        or upper(trim(link.id_as_read)) = asked.person_id
order by link.period, link.file, link.sheet, link.row_no
