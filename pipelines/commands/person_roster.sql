-- One row per roster row that carries the number or is linked to the person.
select link.period, link.file, link.sheet, link.row_no, link.tier, link.evidence_sentence
from link
inner join asked
    on
        link.person_id = asked.person_id
        or upper(trim(link.id_as_read)) = asked.person_id
order by link.period, link.file, link.sheet, link.row_no
