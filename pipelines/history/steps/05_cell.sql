-- Tonight's candidates and the source cells that they quote.

-- One row per candidate, with a number for the length of the night.
create or replace temp table his_candidate as
select
    *,
    row_number() over (
        order by rule_code, subject_kind, subject_key, period_no
    ) as candidate_no
from fnd_candidate;

-- One row per evidence cell of a candidate: the source it stands in, and a place that
-- is found again when the file is renamed.
create or replace temp table his_cell as
with cell as (
    select
        candidate_no,
        generate_subscripts(evidence, 1) as cell_no,
        unnest(evidence) as evidence
    from his_candidate
)

select
    cell.candidate_no,
    cell.cell_no,
    cell.evidence.field,
    ledger.source,
    coalesce(roster.period_no, payment.period_no, listed.period_no) as row_period_no,
    coalesce(file.sha256, ledger.file) as content,
    ledger.sheet,
    ledger.row_no
from cell
inner join ing_ledger as ledger on ledger.row_id = cell.evidence.row_id
left join ing_file as file on file.file = ledger.file
left join lnk_roster as roster on roster.row_id = cell.evidence.row_id
left join lnk_payment as payment on payment.row_id = cell.evidence.row_id
left join lnk_list_period as listed on listed.row_id = cell.evidence.row_id;
