-- history.duckdb: what the nights knew. A cache: every published folder carries its
-- night's memory (tables/mem_*.parquet), from which this is made again.

-- One row per published night.
create table if not exists his_run (
    as_of date,
    run_hash varchar, -- sha256 of run.json, which holds the hashes of all it wrote
    version varchar,
    person_set varchar,
    asked_set varchar,
    life_rows bigint,
    person_rows bigint,
    coverage_rows bigint,
    asked_rows bigint,
    question_rows bigint,
    decision_rows bigint,
    counts varchar -- JSON: findings and yuan by state, headline; never a name
);

-- One row per number ever given out and subject it ever named; never deleted, so that
-- no number is given out twice.
create table if not exists his_identity (
    identity_no bigint,
    finding_no varchar,
    rule_code varchar,
    subject_kind varchar,
    subject_key varchar,
    period_no varchar
);

-- One row per distinct content of a finding, shared by the nights that said the same.
create table if not exists his_body (
    body_no bigint,
    body_hash varchar,
    body struct(
        subject_id varchar,
        person_key varchar,
        "name" varchar,
        township varchar,
        village varchar,
        severity varchar,
        "owner" varchar,
        yuan_at_stake integer,
        sentence varchar,
        observed varchar,
        expected varchar,
        source_rows varchar[],
        cells struct(
            content varchar, sheet varchar, row_no bigint, field varchar
        )[],
        grounds struct(
            source varchar, period_no varchar, is_evidence boolean, "rows" bigint,
            county_rows bigint, snapshot_on date
        )[]
    )
);

-- One row per night and finding; a closed one only on the night on which it closed.
create table if not exists his_life (
    as_of date,
    identity_no bigint,
    body_no bigint,
    state varchar,
    held_reason varchar,
    first_seen_on date,
    last_seen_on date,
    proven_on date,
    closed_on date,
    evidence_hash varchar
);

-- One row per person, number and 人编号 under which a register ever named them.
-- Nights with the same memory of persons share one set.
create table if not exists his_person (
    person_set varchar,
    person_key varchar,
    pid varchar,
    person_no varchar,
    name_key varchar,
    household_no varchar,
    head_pid varchar,
    first_seen_on date,
    last_seen_on date,
    alias_of varchar -- the key whose person this one turned out to be
);

-- One row per question and team that was ever asked it lately: what lies in its hands,
-- and since when; what left them, when and why. Nights with the same share one set.
create table if not exists his_asked (
    asked_set varchar,
    finding_no varchar,
    audience varchar,
    township varchar,
    village varchar,
    asked_on date, -- when it was put as new, as changed or again
    due_on date,
    evidence_hash varchar,
    left_on date,
    left_because varchar -- null: still in the team's hands
);

-- One row per night, source, period and township: how much the export held.
create table if not exists his_coverage (
    as_of date,
    source varchar,
    period_no varchar,
    township varchar,
    rows bigint,
    is_covered boolean,
    snapshot_on date -- that the register states
);

-- One row per question ever put to a person about two records; never deleted: a number
-- on a sheet that comes back years later still says what was asked.
create table if not exists his_question (
    question_no varchar,
    first_on date,
    question_key varchar,
    line_key varchar,
    roster_side varchar,
    register_side varchar,
    candidates struct(
        person_key varchar, person_id varchar, name_key varchar, shown varchar
    )[]
);

-- One row per answer ever taken, with the evidence it was given on; never deleted.
create table if not exists his_decision (
    decision_key varchar,
    question_no varchar,
    answer varchar,
    pick integer,
    decided_by varchar,
    decided_on date,
    note varchar,
    taken_on date,
    line_key varchar,
    roster_side varchar,
    register_side varchar,
    candidates struct(
        person_key varchar, person_id varchar, name_key varchar, shown varchar
    )[]
);
