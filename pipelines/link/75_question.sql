-- What only a person can settle: roster lines linked on likeness, or to several people.

-- One row per roster line and person it may be, in the order in which they are listed.
create or replace table lnk_asked as
with thought_of as (
    select
        choice.row_id,
        choice.person_key
    from lnk_choice as choice
    where choice.standing = 'proposed'

    union

    select
        candidate.roster_row_id as row_id,
        candidate.person_key
    from lnk_candidate as candidate
    inner join lnk_choice as choice
        on choice.row_id = candidate.roster_row_id and choice.standing = 'ambiguous'
),

open_ as (
    select
        line.line_key,
        thought_of.person_key,
        -- of several, what speaks for each
        concat_ws(
            '，',
            case when bool_or(candidate.is_same_village) then '同村' end,
            case when bool_or(candidate.is_same_head) then '同户主' end,
            '号码相差' || min(candidate.distance) || '处'
        ) as agrees
    from thought_of
    inner join lnk_row as line on line.row_id = thought_of.row_id
    left join lnk_candidate as candidate
        on
            candidate.roster_row_id = thought_of.row_id
            and candidate.person_key = thought_of.person_key
    group by line.line_key, thought_of.person_key
),

-- who said that it cannot be settled is not asked again until there is more to say
settled as (
    select open_.line_key
    from open_
    left join lnk_verdict as verdict
        on
            verdict.line_key = open_.line_key
            and verdict.person_key = open_.person_key
    group by open_.line_key
    having bool_and(coalesce(verdict.verdict = 'unknown', false))
)

select
    open_.line_key,
    open_.person_key,
    person.person_id,
    person.name_key,
    row_number() over (
        partition by open_.line_key
        order by person.person_id nulls last, person.name, open_.person_key
    ) as place,
    count(*) over (partition by open_.line_key) as candidates,
    concat_ws(
        '　', person.name, coalesce(person.person_id, '（没有证件号）'),
        nullif(concat(person.township, person.village), ''),
        '户主' || person.head_name
    ) as shown,
    open_.agrees
from open_
inner join lnk_person as person on person.person_key = open_.person_key
where open_.line_key not in (select line_key from settled);

-- One row per question: a roster line, in whatever files and periods it stands, and the
-- people listed for it (at most twelve; who is left is asked about when these are done).
-- `question_key`: the same words on both sides are the same question.
create or replace table lnk_question as
with described as (
    select
        line.line_key,
        list(line.row_id order by roster.file, roster.sheet, roster.row_no) as row_ids,
        first(
            concat_ws(
                chr(10), roster.name, coalesce(nullif(trim(roster.id_number), ''), '（没有证件号）'),
                nullif(concat(roster.township, roster.village), ''),
                '户主' || roster.head_name
            )
            order by line.period_no desc nulls last, line.row_id
        ) as roster_side,
        first(
            evidence.evidence
            order by line.period_no desc nulls last, line.row_id
        ) as evidence,
        first(roster.name order by line.period_no desc nulls last, line.row_id) as name,
        first(line.township_key order by line.period_no desc nulls last, line.row_id)
            as township_key,
        first(line.village_key order by line.period_no desc nulls last, line.row_id)
            as village_key,
        string_agg(distinct line.period_no, '、' order by line.period_no) as periods
    from lnk_row as line
    inner join stg_yulu_roster as roster on roster.row_id = line.row_id
    inner join lnk_evidence as evidence on evidence.row_id = line.row_id
    where line.line_key in (select line_key from lnk_asked)
    group by line.line_key
),

listed as (
    select
        line_key,
        max(candidates) as people,
        list(
            {
                'person_key': person_key,
                'person_id': person_id,
                'name_key': name_key,
                'shown': shown
            }
            order by place
        ) as candidates,
        string_agg(
            case
                -- the same lines as on the other side, so that eyes compare them
                when candidates = 1 then replace(shown, '　', chr(10))
                else
                    '候选' || cast(place as varchar) || '：' || shown
                    || case when agrees <> '' then '（' || agrees || '）' else '' end
            end,
            chr(10) order by place
        ) as shown
    from lnk_asked
    where place <= 12
    group by line_key
)

select
    described.line_key,
    md5(
        concat_ws(
            '|', described.line_key, described.roster_side, listed.shown,
            array_to_string(
                list_transform(
                    listed.candidates, lambda c: struct_extract(c, 'person_key')
                ),
                ','
            )
        )
    ) as question_key,
    described.row_ids,
    described.name,
    township.township,
    place.village,
    described.periods,
    described.roster_side,
    listed.shown || case
        when listed.people > 12
            then chr(10) || '另有' || (listed.people - 12) || '名可能的人未列出'
        else ''
    end as register_side,
    listed.candidates,
    described.evidence,
    described.line_key in (select line_key from lnk_frozen) as is_frozen
from described
inner join listed on listed.line_key = described.line_key
left join lnk_township as township on township.township_key = described.township_key
left join lnk_place as place
    on
        place.township_key = described.township_key
        and place.village_key = described.village_key;
