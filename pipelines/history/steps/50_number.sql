-- One row per finding that no earlier night knew, with the number that another run of
-- this night, or a later night, gave it.
create or replace temp table his_numbered as
select
    tale.candidate_no,
    min(his_number.finding_no) as finding_no
from his_tale as tale
inner join his_number
    on
        his_number.rule_code = tale.rule_code
        and his_number.subject_kind = tale.subject_kind
        and his_number.subject_key = tale.subject_key
        and his_number.period_no is not distinct from tale.period_no
where
    tale.finding_no is null
    and his_number.finding_no not in (
        select finding_no from his_tale
        where finding_no is not null
    )
group by tale.candidate_no;

-- One row per finding that never had a number, in an order that tells nobody anything.
create or replace temp table his_unnumbered as
select
    candidate_no,
    row_number() over (
        order by
            sha256(
                concat_ws(
                    '|', rule_code, subject_kind, subject_key, coalesce(period_no, '-')
                )
            )
    ) as place_no
from his_tale
where
    finding_no is null
    and candidate_no not in (select candidate_no from his_numbered);
