-- One row per roster row: all its evidence as one JSON text.
create or replace table lnk_evidence as
with said as (
    select
        row_id,
        side,
        list(item order by position, cast(item as varchar)) as items
    from lnk_evidence_item
    group by row_id, side
),

candidate as (
    select
        considered.row_id,
        list(
            json_object(
                'person_key', considered.person_key,
                'id', mask_id(person.person_id),
                'tier', considered.tier,
                'fate', considered.fate
            )
            order by considered.fate <> 'possible', considered.person_key, considered.fate
        ) as candidates
    from lnk_considered as considered
    inner join lnk_person as person on person.person_key = considered.person_key
    group by considered.row_id
)

select
    line.row_id,
    cast(
        json_object(
            'for', coalesce(pro.items, []),
            'against', coalesce(contra.items, []),
            'candidates', coalesce(candidate.candidates, [])
        ) as varchar
    ) as evidence
from lnk_row as line
left join said as pro on pro.row_id = line.row_id and pro.side = 'for'
left join said as contra on contra.row_id = line.row_id and contra.side = 'against'
left join candidate on candidate.row_id = line.row_id;
