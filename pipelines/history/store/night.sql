-- Takes one published night in: night (one row), night_finding, night_person,
-- night_coverage and night_asked are its mem_ tables. A night that was there before is replaced.
delete from his_life
where as_of in (select as_of from night);
delete from his_coverage
where as_of in (select as_of from night);
delete from his_run
where as_of in (select as_of from night);

insert into his_identity
with fresh as (
    select distinct
        finding_no,
        rule_code,
        subject_kind,
        subject_key,
        period_no
    from night_finding
    anti join his_identity as known
        on
            known.finding_no = night_finding.finding_no
            and known.rule_code = night_finding.rule_code
            and known.subject_kind = night_finding.subject_kind
            and known.subject_key = night_finding.subject_key
            and known.period_no is not distinct from night_finding.period_no
)

select
    (select coalesce(max(identity_no), 0) from his_identity)
    + row_number() over (order by finding_no, subject_key) as identity_no,
    *
from fresh;

create or replace temp table night_body as
select
    finding_no,
    body,
    md5(cast(body as varchar)) as body_hash
from night_finding
where body is not null;

insert into his_body
with fresh as (
    select
        body_hash,
        arg_min(body, finding_no) as body
    from night_body
    anti join his_body on his_body.body_hash = night_body.body_hash
    group by body_hash
)

select
    (select coalesce(max(body_no), 0) from his_body)
    + row_number() over (order by body_hash) as body_no,
    body_hash,
    body
from fresh;

insert into his_life
select
    night.as_of,
    identity.identity_no,
    his_body.body_no,
    finding.state,
    finding.held_reason,
    finding.first_seen_on,
    finding.last_seen_on,
    finding.proven_on,
    finding.closed_on,
    finding.evidence_hash
from night_finding as finding
cross join night
inner join his_identity as identity
    on
        identity.finding_no = finding.finding_no
        and identity.rule_code = finding.rule_code
        and identity.subject_kind = finding.subject_kind
        and identity.subject_key = finding.subject_key
        and identity.period_no is not distinct from finding.period_no
left join night_body on night_body.finding_no = finding.finding_no
left join his_body on his_body.body_hash = night_body.body_hash
-- closed for good: once is enough
anti join (
    select
        earlier.identity_no,
        earlier.last_seen_on
    from his_life as earlier
    inner join night as tonight on earlier.as_of < tonight.as_of
    where earlier.state = 'closed'
) as long_closed
    on
        finding.state = 'closed'
        and long_closed.identity_no = identity.identity_no
        and long_closed.last_seen_on = finding.last_seen_on;

insert into his_coverage
select
    night.as_of,
    coverage.source,
    coverage.period_no,
    coverage.township,
    coverage.rows,
    coverage.is_covered,
    coverage.snapshot_on
from night_coverage as coverage
cross join night;

create or replace temp table night_set as
select
    coalesce(
        md5(
            string_agg(
                concat_ws(
                    '|', person_key, coalesce(pid, '-'), coalesce(person_no, '-'),
                    coalesce(name_key, '-'), coalesce(household_no, '-'),
                    coalesce(head_pid, '-'),
                    coalesce(first_seen_on, date '1900-01-01'),
                    coalesce(last_seen_on, date '1900-01-01'), coalesce(alias_of, '-')
                ),
                chr(10)
                order by person_key, pid, person_no, name_key, household_no, head_pid
            )
        ),
        'nobody'
    ) as person_set
from night_person;

insert into his_person
select
    night_set.person_set,
    person.person_key,
    person.pid,
    person.person_no,
    person.name_key,
    person.household_no,
    person.head_pid,
    person.first_seen_on,
    person.last_seen_on,
    person.alias_of
from night_person as person
cross join night_set
anti join his_person as known on known.person_set = night_set.person_set;

create or replace temp table night_asked_set as
select
    coalesce(
        md5(
            string_agg(
                concat_ws(
                    '|', finding_no, audience, coalesce(township, '-'),
                    coalesce(village, '-'), asked_on, due_on, evidence_hash,
                    coalesce(left_on, date '1900-01-01'), coalesce(left_because, '-')
                ),
                chr(10) order by finding_no, audience, township, village
            )
        ),
        'nothing'
    ) as asked_set
from night_asked;

insert into his_asked
select
    night_asked_set.asked_set,
    asked.finding_no,
    asked.audience,
    asked.township,
    asked.village,
    asked.asked_on,
    asked.due_on,
    asked.evidence_hash,
    asked.left_on,
    asked.left_because
from night_asked as asked
cross join night_asked_set
anti join his_asked as known on known.asked_set = night_asked_set.asked_set;
-- Questions and answers are only ever added; a replayed night may have been the first.
update his_question
set first_on = least(his_question.first_on, night_question.first_on)
from night_question
where night_question.question_no = his_question.question_no;

insert into his_question
select question.*
from night_question as question
anti join his_question as known on known.question_no = question.question_no;

update his_decision
set taken_on = least(his_decision.taken_on, night_decision.taken_on)
from night_decision
where night_decision.decision_key = his_decision.decision_key;

insert into his_decision
select decision.*
from night_decision as decision
anti join his_decision as known on known.decision_key = decision.decision_key;

insert into his_run
select
    night.as_of,
    night.run_hash,
    night.version,
    night_set.person_set,
    night_asked_set.asked_set,
    (
        select count(*) from his_life
        where his_life.as_of = night.as_of
    ) as life_rows,
    (
        select count(*) from his_person
        where his_person.person_set = night_set.person_set
    ) as person_rows,
    (
        select count(*) from his_coverage
        where his_coverage.as_of = night.as_of
    ) as coverage_rows,
    (
        select count(*) from his_asked
        where his_asked.asked_set = night_asked_set.asked_set
    ) as asked_rows,
    (select count(*) from night_question) as question_rows,
    (select count(*) from night_decision) as decision_rows,
    night.counts
from night
cross join night_set
cross join night_asked_set;

delete from his_person
where person_set not in (select person_set from his_run);

delete from his_asked
where asked_set not in (select asked_set from his_run);
