-- One row per shortfall of history.duckdb: a table that cannot be read through, a night
-- with more or fewer rows than were written. Reads every column of every row: counting
-- alone answers right on a file cut in half.
with scanned as (
    select 'his_run' as found, count(*) as n, bit_xor(hash(his_run)) as sum_ from his_run
    union all
    select 'his_identity', count(*), bit_xor(hash(his_identity)) from his_identity
    union all
    select 'his_body', count(*), bit_xor(hash(his_body)) from his_body
    union all
    select 'his_life', count(*), bit_xor(hash(his_life)) from his_life
    union all
    select 'his_person', count(*), bit_xor(hash(his_person)) from his_person
    union all
    select 'his_coverage', count(*), bit_xor(hash(his_coverage)) from his_coverage
    union all
    select 'his_asked', count(*), bit_xor(hash(his_asked)) from his_asked
    union all
    select 'his_question', count(*), bit_xor(hash(his_question)) from his_question
    union all
    select 'his_decision', count(*), bit_xor(hash(his_decision)) from his_decision
),

life as (
    select
        as_of,
        count(*) as n
    from his_life
    group by as_of
),

coverage as (
    select
        as_of,
        count(*) as n
    from his_coverage
    group by as_of
),

person as (
    select
        person_set,
        count(*) as n
    from his_person
    group by person_set
),

asked as (
    select
        asked_set,
        count(*) as n
    from his_asked
    group by asked_set
)

select found
from scanned
where n > 0 and sum_ is null

union all

select cast(run.as_of as varchar) as found
from his_run as run
left join life on life.as_of = run.as_of
left join coverage on coverage.as_of = run.as_of
left join person on person.person_set = run.person_set
left join asked on asked.asked_set = run.asked_set
where
    run.life_rows <> coalesce(life.n, 0)
    or run.coverage_rows <> coalesce(coverage.n, 0)
    or run.person_rows <> coalesce(person.n, 0)
    or run.asked_rows <> coalesce(asked.n, 0)

union all

select cast(life.identity_no as varchar) as found
from his_life as life
left join his_identity as identity on identity.identity_no = life.identity_no
left join his_body as body on body.body_no = life.body_no
where
    identity.identity_no is null
    or (life.body_no is not null and body.body_no is null)

union all

-- what is only ever added is never less than a night knew
select cast(run.as_of as varchar) as found
from his_run as run
where
    run.question_rows > (
        select count(*) from his_question
        where his_question.first_on <= run.as_of
    )
    or run.decision_rows > (
        select count(*) from his_decision
        where his_decision.taken_on <= run.as_of
    );
