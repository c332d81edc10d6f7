create or replace table run (as_of date);
create or replace table world (
    row_id bigint, source varchar, period_no varchar, name varchar, pid varchar,
    subject_key varchar
);
create or replace table tonight (snapshot_on date, village varchar);
create or replace table uncovered (source varchar);
create or replace table rule (rule_code varchar, absence_of varchar, outcome varchar);
create or replace table hit (
    rule_code varchar, subject_kind varchar, subject_key varchar, subject_id varchar,
    name varchar, period_no varchar, hold_reason varchar, says varchar
);
