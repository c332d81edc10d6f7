-- One row per stg_yulu_roster row: whose it is, how we know, and whom findings about
-- it are about. Needs lnk_sentence (evidence → its Chinese sentence).
create or replace table lnk_roster as
select
    line.row_id,
    choice.person_key,
    person.person_id,
    coalesce(
        choice.person_key,
        case
            when line.number_class = 'pid' then own_key(line.number)
            else
                own_key(
                    concat_ws(
                        '|', '-', line.id_text, '=', line.name_key, '=',
                        line.township_key, '=', line.village_key, '=',
                        line.head_name_key
                    )
                )
        end
    ) as subject_key,
    case
        when choice.person_key is not null and person.person_id is not null
            then person.person_id
        when line.written is not null then line.written
        else line.id_text
    end as subject_id,
    choice.tier,
    choice.standing,
    evidence.evidence,
    sentence.sentence as evidence_sentence,
    line.period_no,
    line.period_no_term,
    line.is_applied
from lnk_row as line
inner join lnk_choice as choice on choice.row_id = line.row_id
inner join lnk_evidence as evidence on evidence.row_id = line.row_id
left join lnk_sentence as sentence on sentence.evidence = evidence.evidence
left join lnk_person as person on person.person_key = choice.person_key;
