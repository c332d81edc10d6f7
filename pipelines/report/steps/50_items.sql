-- One row per finding that somebody is to be asked about tonight, and whom it goes to.
-- Held, closed, waived and answered findings are issued to nobody. A finding without a
-- certain village never reaches a village (domain section 8, trap 20).
create or replace table out_item as
with cells_ as (
    -- Three rosters that say the same thing say it once.
    select
        evidence.finding_no,
        evidence.source,
        min(evidence.row_id) as row_id,
        min(out_column.column_no) as column_no,
        case evidence.source
            when 'member_departure' then '减少名单·'
            when 'yulu_payment' then '发放文件·'
            else ''
        end || evidence.title || '：' || coalesce(evidence.value, '（空）') as text
    from out_evidence as evidence
    left join out_column
        on
            evidence.source = out_column.source
            and evidence.field = out_column.column_name
    group by evidence.finding_no, evidence.source, text
),

sides as (
    select
        finding_no,
        string_agg(text, chr(10) order by row_id, column_no, text)
        filter (where source in ('monitored_person', 'member_departure'))
            as register_side,
        string_agg(text, chr(10) order by row_id, column_no, text)
        filter (where source not in ('monitored_person', 'member_departure'))
            as roster_side
    from cells_
    group by finding_no
),

roster_heads as (
    select
        evidence.finding_no,
        arg_min(roster.head_name, evidence.cell_no) as head_name
    from out_evidence as evidence
    inner join stg_yulu_roster as roster on evidence.row_id = roster.row_id
    where roster.head_name is not null
    group by evidence.finding_no
),

routed as (
    select
        finding.*,
        case
            when
                finding.owner = 'village' and finding.township is not null
                and finding.village is not null then 'village'
            when finding.owner in ('village', 'township') and finding.township is not null
                then 'township'
            else 'county'
        end as audience
    from fnd_finding as finding
    where finding.state in ('new', 'open', 'issued', 'reopened')
),

known as (
    select
        routed.*,
        coalesce(person.head_name, roster_heads.head_name) as head_name,
        person.household_no,
        person.sex,
        person.birth_on,
        coalesce(
            'h' || person.household_no,
            'n' || coalesce(person.head_name, roster_heads.head_name),
            's' || routed.subject_key,
            'f' || routed.finding_no
        ) as household_key,
        sides.register_side,
        sides.roster_side
    from routed
    left join lnk_person as person on routed.person_key = person.person_key
    left join roster_heads on routed.finding_no = roster_heads.finding_no
    left join sides on routed.finding_no = sides.finding_no
)

select
    known.finding_no,
    known.rule_code,
    known.audience,
    known.township,
    known.village,
    known.state,
    known.severity,
    known.owner,
    known.period,
    known.subject_kind,
    known.subject_id,
    known.subject_key,
    known.person_key,
    known.name,
    known.household_key,
    known.head_name,
    known.household_no,
    -- Completed years on the night's date; a birth date itself is not shown.
    concat_ws(
        ' ', known.sex, date_sub('year', known.birth_on, run.as_of)::varchar || '岁'
    ) as sex_age,
    rule.title,
    known.sentence,
    -- A flood of findings quotes twenty strangers: no sides to compare.
    case
        when known.subject_kind = 'place' then '—'
        when known.register_side is not null then known.register_side
        when rule.absence_of = 'monitored_person' then '没有查到'
        else '—'
    end as register_side,
    case
        when known.subject_kind = 'place' then '—'
        when known.roster_side is not null then known.roster_side
        when rule.absence_of = 'yulu_roster' then '没有查到'
        when rule.absence_of = 'yulu_payment' then '没有发放记录'
        else '—'
    end as roster_side,
    rule.asks,
    rule.proof,
    rule.answers,
    known.yuan_at_stake,
    known.first_seen_on,
    min(known.severity) over household as household_severity,
    sum(known.yuan_at_stake) over household as household_yuan
from known
cross join run
left join ref_rule as rule on known.rule_code = rule.rule_code
window household as (
    partition by known.audience, known.township, known.village, known.household_key
);
