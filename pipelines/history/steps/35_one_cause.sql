-- One cause, one finding: a poor export may hide tonight what an open finding rests on,
-- so that another rule, which otherwise leaves the matter to it, speaks up. As long as
-- the open finding is carried over, the other one is not raised.

-- One row per open finding that is not among tonight's and not settled either.
create or replace temp table his_pending as
select *
from his_gone
where finding_no not in (select finding_no from his_settled);

-- Numbers that an open IDN_NEAR_ID already questions, though a cut-off register shows
-- no person beside them tonight: the wrong check digit is no second finding.
delete from his_candidate
where
    rule_code in ('IDN_CHECKSUM', 'IDN_DATE', 'IDN_LENGTH', 'IDN_PRECISION')
    and candidate_no not in (select candidate_no from his_match)
    and candidate_no in (
        select cell.candidate_no
        from his_cell as cell
        left join (
            select unnest(body.cells) as cell
            from his_pending
            where rule_code = 'IDN_NEAR_ID'
        ) as asked
            on
                asked.cell.content = cell.content
                and asked.cell.sheet is not distinct from cell.sheet
                and asked.cell.row_no = cell.row_no
                and asked.cell.field = cell.field
        group by cell.candidate_no
        having bool_and(asked.cell is not null)
    );

-- A subsidy that broke off, though a cut-off roster of the year before no longer shows
-- that it ever began: OMI_BREAK has taken the place of OMI_VOC_NO_YULU (ruling 3).
delete from his_candidate
where
    rule_code = 'OMI_VOC_NO_YULU'
    and candidate_no not in (select candidate_no from his_match)
    and exists (
        select 1 from his_pending
        where
            his_pending.rule_code = 'OMI_BREAK'
            and his_pending.subject_key = his_candidate.subject_key
            and his_pending.period_no = his_candidate.period_no
    );
