-- What people decided about roster rows and persons, as far as it still holds tonight.

-- One row per answer and person it speaks of: 'same' | 'not' | 'unknown'. Who picked one
-- of several said of the others that they are not meant. `lapse`: why it holds no more.
create or replace table lnk_answer as
with paired as (
    select
        decision.decision_key,
        decision.question_no,
        decision.line_key,
        decision.decided_on,
        decision.pick,
        unnest(decision.candidates) as candidate,
        generate_subscripts(decision.candidates, 1) as place,
        decision.answer
    from ret_decision as decision
),

followed as (
    select
        paired.*,
        coalesce(alias.person_key, paired.candidate.person_key) as person_key
    from paired
    left join lnk_key_alias as alias on alias.former_key = paired.candidate.person_key
),

written as (
    select
        line_key,
        min(number) as number
    from lnk_row
    group by line_key
),

-- the number that the row gives is a known person's, whatever was thought before
owner as (
    select
        written.line_key,
        min(known.person_key) as first_owner,
        max(known.person_key) as last_owner
    from written
    inner join lnk_known_number as known
        on known.number = written.number and known.kind in ('pid', 'former')
    group by written.line_key
)

select
    followed.decision_key,
    followed.question_no,
    followed.line_key,
    followed.decided_on,
    followed.person_key,
    followed.candidate.person_key as asked_key,
    followed.place,
    case
        when followed.answer = 'unknown' then 'unknown'
        when followed.answer = 'same' and followed.pick = followed.place then 'same'
        else 'not'
    end as verdict,
    case
        when written.line_key is null then 'row_gone'
        when person.person_key is null then 'person_gone'
        when coalesce(person.person_id, '-') <> coalesce(followed.candidate.person_id, '-')
            then 'number_changed'
        when coalesce(person.name_key, '-') <> coalesce(followed.candidate.name_key, '-')
            then 'name_changed'
        when
            owner.first_owner <> followed.person_key
            or owner.last_owner <> followed.person_key
            then 'number_owned'
    end as lapse
from followed
left join written on written.line_key = followed.line_key
left join lnk_person as person on person.person_key = followed.person_key
left join owner on owner.line_key = followed.line_key;

-- One row per roster line and person about whom an answer holds: the verdict. Of two
-- different ones the later counts; where dates do not tell which is later, or where two
-- records that are one person by now were judged differently, neither does ('conflict').
create or replace table lnk_verdict as
with live as (
    select *
    from lnk_answer
    where lapse is null
),

dated as (
    select
        *,
        max(decided_on) over about as newest_on,
        bool_or(decided_on is null) over about as is_undated
    from live
    window about as (partition by line_key, asked_key)
),

settled as (
    select
        line_key,
        asked_key,
        person_key,
        case
            when count(distinct verdict) = 1 then min(verdict)
            when bool_or(is_undated) then 'conflict'
            when count(distinct verdict) filter (where decided_on = newest_on) = 1
                then min(verdict) filter (where decided_on = newest_on)
            else 'conflict'
        end as verdict,
        bool_or(is_undated) as is_undated,
        max(decided_on) filter (where verdict = 'same') as same_on,
        max(decided_on) as newest_on
    from dated
    group by line_key, asked_key, person_key
),

-- records that turned out to be one person
joined as (
    select
        line_key,
        person_key,
        case when count(distinct verdict) = 1 then min(verdict) else 'conflict' end
            as verdict,
        bool_or(is_undated) as is_undated,
        max(same_on) as same_on,
        max(newest_on) as newest_on
    from settled
    group by line_key, person_key
),

-- one roster line said to be two people: the later answer counts, if one is later
meant as (
    select
        line_key,
        is_undated,
        same_on,
        max(same_on) over (partition by line_key) as newest_on
    from joined
    where verdict = 'same'
),

several as (
    select
        line_key,
        count(*) as people,
        bool_or(is_undated) as is_undated,
        max(newest_on) as newest_on,
        count(*) filter (where same_on = newest_on) as newest_people
    from meant
    group by line_key
)

select
    joined.line_key,
    joined.person_key,
    case
        when joined.verdict <> 'same' or several.people = 1 then joined.verdict
        when several.is_undated or several.newest_people > 1 then 'two_people'
        when joined.same_on = several.newest_on then 'same'
        else 'replaced'
    end as verdict,
    joined.same_on as decided_on
from joined
left join several on several.line_key = joined.line_key;

-- One row per roster line that somebody said is a person's, and nobody contradicted.
create or replace table lnk_decided as
select
    verdict.line_key,
    verdict.person_key,
    verdict.decided_on,
    min(answer.question_no) as question_no
from lnk_verdict as verdict
inner join lnk_answer as answer
    on
        answer.line_key = verdict.line_key
        and answer.person_key = verdict.person_key
        and answer.verdict = 'same'
        and answer.lapse is null
        and answer.decided_on is not distinct from verdict.decided_on
where
    verdict.verdict = 'same'
    and verdict.line_key not in (
        select line_key from lnk_verdict
        where verdict in ('conflict', 'two_people')
    )
group by verdict.line_key, verdict.person_key, verdict.decided_on;

-- One row per roster line about which the answers contradict each other: nobody is
-- linked to it until somebody settles them.
create or replace table lnk_frozen as
select distinct line_key
from lnk_verdict
where verdict in ('conflict', 'two_people');

-- One row per roster line and person who is not the one, as somebody said.
create or replace table lnk_denied as
select
    verdict.line_key,
    verdict.person_key,
    min(line.number) as number,
    min(coalesce(line.number, line.kept)) as compared,
    min(line.name_key) as name_key
from lnk_verdict as verdict
inner join lnk_row as line on line.line_key = verdict.line_key
where
    verdict.verdict = 'not'
    and verdict.line_key not in (select line_key from lnk_frozen)
group by verdict.line_key, verdict.person_key;
