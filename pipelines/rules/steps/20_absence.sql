-- Absence needs proof: a finding that rests on something not being there is held,
-- unless the export it is missing from demonstrably covers the place and period.
update fnd_candidate
set hold_reason = coalesce(fnd_candidate.hold_reason, unproven.why)
from (
    select
        candidate.rule_code,
        candidate.subject_key,
        candidate.period_no,
        coalesce(
            nullif(coalesce(own.why, county.why), ''), '没有导出能证明这里应当有记录'
        ) as why
    from (
        -- an undated source (the register) is covered for every period alike
        select
            found.*,
            case
                when
                    said.absence_of in (
                        select source from lnk_coverage
                        where period_no is not null
                    )
                    then found.period_no
            end as covered_no
        from fnd_candidate as found
        inner join ref_rule as said on said.rule_code = found.rule_code
    ) as candidate
    inner join ref_rule as rule on rule.rule_code = candidate.rule_code
    left join lnk_coverage as own
        on
            own.source = rule.absence_of
            and own.period_no is not distinct from candidate.covered_no
            and own.township = candidate.township
    left join lnk_coverage as county
        on
            county.source = rule.absence_of
            and county.period_no is not distinct from candidate.covered_no
            and county.township is null
    where
        rule.absence_of is not null
        and not coalesce(own.is_covered, county.is_covered, false)
) as unproven
where
    fnd_candidate.rule_code = unproven.rule_code
    and fnd_candidate.subject_key = unproven.subject_key
    and fnd_candidate.period_no is not distinct from unproven.period_no;
