-- One row per finding of tonight with its number, if it ever had one: an earlier night's,
-- or that of another run of this or a later night.
create or replace temp table his_numbered as
with remembered as (
    select
        tale.*,
        his_number.finding_no as old_no
    from his_tale as tale
    left join his_number
        on
            tale.finding_no is null
            and his_number.rule_code = tale.rule_code
            and his_number.subject_kind = tale.subject_kind
            and his_number.subject_key = tale.subject_key
            and his_number.period_no is not distinct from tale.period_no
            and his_number.finding_no not in (
                select finding_no from his_tale
                where finding_no is not null
            )
    qualify
        row_number() over (
            partition by
                tale.rule_code, tale.subject_kind, tale.subject_key, tale.period_no
            order by his_number.finding_no
        ) = 1
)

select
    * exclude (finding_no, old_no),
    coalesce(finding_no, old_no) as finding_no
from remembered;

-- One row per finding that needs a number, in an order that nobody can read anything from.
create or replace temp table his_unnumbered as
select
    rule_code,
    subject_kind,
    subject_key,
    period_no,
    row_number() over (
        order by
            sha256(
                concat_ws(
                    '|', rule_code, subject_kind, subject_key, coalesce(period_no, '-')
                )
            )
    ) as place_no
from his_numbered
where finding_no is null;
