-- One row per finding and cell that speaks for it: file, sheet, cell, value as read.
select
    evidence.finding_no,
    finding.rule_code,
    rule.title,
    evidence.cell_no,
    out_source.title as source,
    evidence.file,
    evidence.sheet,
    coalesce(evidence.cell, '第' || evidence.row_no || '行') as cell,
    evidence.title as field,
    coalesce(evidence.value, '（空）') as value
from out_evidence as evidence
inner join fnd_finding as finding on evidence.finding_no = finding.finding_no
left join ref_rule as rule on finding.rule_code = rule.rule_code
left join out_source on evidence.source = out_source.source
order by evidence.finding_no, evidence.cell_no;
