-- One row = one rule that returned something no list may carry: our mistake. A hit
-- needs a known subject, a sentence, evidence in tonight's ledger, and to be alone.
select hit.rule_code
from fnd_hit as hit
inner join ref_rule as rule on rule.rule_code = hit.rule_code
left join lnk_subject as subject on subject.subject_key = hit.subject_key
where
    hit.subject_key is null
    or (subject.subject_key is null and rule.subject_kind <> 'place')
    or coalesce(hit.sentence, '') = ''
    or coalesce(len(hit.evidence), 0) = 0
    or hit.yuan_at_stake is null
    -- yuan of which nobody knows what they explain
    or (hit.yuan_at_stake <> 0 and rule.money is null)

union

select cell.rule_code
from (
    select
        rule_code,
        unnest(evidence).row_id as row_id
    from fnd_hit
) as cell
left join ing_ledger as ledger on ledger.row_id = cell.row_id
where ledger.row_id is null

union

select rule_code
from fnd_hit
group by rule_code, subject_key, period_no
having count(*) > 1

order by rule_code;
