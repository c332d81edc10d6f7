-- What the nights strictly before tonight knew, from `past` (history.duckdb).

-- One row per published night before tonight.
create or replace table his_run as
select run.*
from past.his_run as run
cross join his_until
where run.as_of < his_until.as_of
order by run.as_of;

-- One row per finding: how it stood on the last night that knew it.
create or replace table his_finding as
with told as (
    select
        life.as_of,
        identity.rule_code,
        identity.subject_kind,
        identity.subject_key,
        identity.period_no,
        identity.finding_no,
        life.state,
        life.held_reason,
        life.first_seen_on,
        life.last_seen_on,
        life.proven_on,
        life.closed_on,
        life.evidence_hash,
        body.body
    from past.his_life as life
    inner join past.his_identity as identity on identity.identity_no = life.identity_no
    inner join his_run on his_run.as_of = life.as_of
    left join past.his_body as body on body.body_no = life.body_no
    -- a number follows its finding under a corrected subject
    qualify
        row_number() over (
            partition by identity.finding_no
            order by life.as_of desc, identity.identity_no desc
        ) = 1
)

select *
from told
qualify
    row_number() over (
        partition by rule_code, subject_kind, subject_key, period_no
        order by as_of desc, finding_no
    ) = 1
order by finding_no;

-- One row per person and name they were ever known under, as the last night knew.
create or replace table his_person as
select
    person.person_key,
    person.pid,
    person.person_no,
    person.name_key,
    person.household_no,
    person.head_pid,
    person.first_seen_on,
    person.last_seen_on,
    person.alias_of
from past.his_person as person
where
    person.person_set in (
        select arg_max(his_run.person_set, his_run.as_of) from his_run
    )
order by
    person.person_key, person.pid, person.person_no, person.name_key,
    person.household_no, person.head_pid;

-- One row per question and team, as the last night left it.
create or replace table his_asked as
select asked.* exclude (asked_set)
from past.his_asked as asked
where
    asked.asked_set in (
        select arg_max(his_run.asked_set, his_run.as_of) from his_run
    )
order by asked.finding_no, asked.audience, asked.township, asked.village;

-- One row per night, source, period and township.
create or replace table his_coverage as
select coverage.*
from past.his_coverage as coverage
inner join his_run on his_run.as_of = coverage.as_of
order by
    coverage.as_of, coverage.source, coverage.period_no, coverage.township;

-- One row per number ever given out, on whatever night, tonight's first try and later
-- nights included: a number once on paper never names anything else.
create or replace table his_number as
with owned as (
    select
        identity.*,
        max(life.as_of) as as_of
    from past.his_identity as identity
    left join past.his_life as life on life.identity_no = identity.identity_no
    group by all
)

select
    finding_no,
    rule_code,
    subject_kind,
    subject_key,
    period_no
from owned
qualify
    row_number() over (
        partition by finding_no order by as_of desc nulls last, identity_no desc
    ) = 1
order by finding_no;

-- One row per question ever put, on whatever night: its number is taken.
create or replace table his_question as
select *
from past.his_question
order by question_no;

-- One row per answer taken until tonight, tonight's first try included.
create or replace table his_decision as
select decision.*
from past.his_decision as decision
cross join his_until
where decision.taken_on <= his_until.as_of
order by decision.decision_key;
