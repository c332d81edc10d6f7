-- The tables that rules read, of other stages' making, with the columns of their
-- contract. Sources come from their declarations.
create table run (
    as_of date, county_code varchar, county varchar, province_code varchar,
    version varchar
);
create table lnk_person (
    person_key varchar, person_id varchar, name varchar, name_key varchar,
    township varchar, village varchar, township_key varchar, village_key varchar,
    household_no varchar, head_name varchar, head_pid varchar, birth_on date,
    sex varchar, row_id bigint, snapshot_on date, is_current boolean, in_register boolean
);
create table lnk_register (
    row_id bigint, person_key varchar, snapshot_on date, is_current boolean
);
create table lnk_departure (
    row_id bigint, person_key varchar, departed_on date, reason varchar
);
create table lnk_roster (
    row_id bigint, person_key varchar, person_id varchar, subject_key varchar,
    subject_id varchar, tier varchar, standing varchar, evidence varchar,
    evidence_sentence varchar, period_no varchar, period_no_term integer,
    is_applied boolean
);
create table lnk_payment (
    row_id bigint, subject_key varchar, subject_id varchar, period_no varchar, via varchar
);
create table lnk_subject (
    subject_key varchar, subject_kind varchar, subject_id varchar, person_key varchar,
    name varchar, township varchar, village varchar, place_doubt varchar
);
create table lnk_speaking (
    person_key varchar, period_no varchar, row_id bigint, snapshot_on date,
    in_grace boolean, in_year_row_id bigint
);
create table lnk_entitlement (
    person_key varchar, period_no varchar, is_entitled boolean, why varchar,
    row_id bigint, identified_on date, eliminated_on date
);
create table lnk_status (
    row_id bigint, person_key varchar, household_type varchar, monitored_category varchar,
    is_risk_done boolean, eliminated_on date, is_current boolean
);
create table lnk_list (source varchar, row_id bigint, subject_key varchar);
create table lnk_known (
    row_id bigint, origin varchar, person_key varchar, snapshot_on date,
    is_current boolean, pid varchar, person_no varchar, household_no varchar,
    township_key varchar, name_key varchar
);
create table lnk_period (period_no varchar);
create table lnk_scope (person_key varchar, why varchar);
create table lnk_coverage (
    source varchar, period_no varchar, township varchar, is_covered boolean, why varchar
);
create table lnk_borrowed (row_id bigint, borrowed varchar, owner_key varchar);
create table lnk_candidate (
    roster_row_id bigint, person_key varchar, tier varchar, similarity double
);
create table lnk_place_seen (
    seen_township_key varchar, seen_village_key varchar, township_key varchar,
    village_key varchar, township varchar, village varchar, doubt varchar
);
create table ing_file (file varchar, dated_by varchar);
create table ing_heading (
    file varchar, sheet varchar, source varchar, column_no integer, heading varchar,
    column_name varchar, fate varchar
);
create table ing_issue (
    issue_code varchar, severity varchar, file varchar, sheet varchar, row_no integer,
    cell varchar, column_name varchar, effect varchar, text_zh varchar, advice_zh varchar
);
create table ing_ledger (
    file varchar, sheet varchar, row_no integer, source varchar, disposition varchar,
    reason_code varchar, row_id bigint
);
create table his_finding (
    rule_code varchar, subject_kind varchar, subject_key varchar, period_no varchar,
    finding_no varchar, state varchar, first_seen_on date, last_seen_on date,
    evidence_hash varchar, as_of date
);
create table lnk_standing_every (
    person_key varchar, period_no varchar, asked_on date, is_entitled boolean, why varchar,
    row_id bigint, identified_on date, eliminated_on date
);
