-- One row per answer about the person, or about one of the rows linked to them.
with about as (
    select distinct decision.decision_key
    from mem_decision as decision
    inner join asked
        on
            list_contains(
                list_transform(
                    decision.candidates, lambda c: struct_extract(c, 'person_key')
                ),
                asked.person_key
            )
)

select distinct
    told.question_no,
    told.answer,
    told.fate,
    told.decided_by,
    told.decided_on
from decision as told
inner join mem_decision as kept
    on
        kept.question_no = told.question_no
        and kept.decided_on is not distinct from told.decided_on
        and kept.decided_by is not distinct from told.decided_by
inner join about on about.decision_key = kept.decision_key
order by told.question_no, told.decided_on, told.answer
