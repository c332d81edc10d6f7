-- One row = what one rule says of one subject and period, before place, coverage and
-- flood are considered.
create or replace table fnd_hit (
    rule_code varchar,
    subject_key varchar,
    period_no varchar,
    observed varchar,
    expected varchar,
    yuan_at_stake integer,
    sentence varchar,
    evidence struct(row_id bigint, field varchar)[],
    hold_reason varchar
);

-- One row = how one rule's query went.
create or replace table fnd_rule_run (
    rule_code varchar,
    outcome varchar,
    why varchar,
    seconds double
);

-- One row = one subject and period whose money no single finding explains (account/).
create or replace table fnd_rest (
    period_no varchar,
    township varchar,
    subject_key varchar,
    fen bigint,
    evidence struct(row_id bigint, field varchar)[]
);
