-- One row = what a period's documents may give to what a source says of the level: the
-- roster's own word (技工 and 五年一贯制 may be two levels), nothing at all (''), or the
-- register's 中职, which does not tell 职业高中 from the others.
with kind (kind, level) as (
    values
    ('secondary', 'secondary'),
    ('vocational_senior', 'vocational_senior'),
    ('higher', 'higher'),
    ('technician', 'technician'),
    ('mixed', 'secondary'),
    ('mixed', 'technician'),
    ('five_year', 'secondary'),
    ('five_year', 'higher'),
    ('registered secondary', 'secondary'),
    ('registered secondary', 'vocational_senior'),
    ('registered higher', 'higher'),
    ('registered technician', 'technician')

    union all

    select distinct
        '' as kind,
        level
    from ref_standard
)

select
    standard.period_no,
    kind.kind,
    min(standard.amount_fen) as least_fen,
    max(standard.amount_fen) as most_fen,
    list_sort(list_distinct(list(standard.amount_fen))) as every_fen
from kind
inner join ref_standard as standard on standard.level = kind.level
group by standard.period_no, kind.kind
