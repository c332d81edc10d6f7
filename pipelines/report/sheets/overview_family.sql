-- One row per township and the total: tonight's questions by what they are about. A
-- rule's code begins with its family (domain section 3).
with items as (
    select
        coalesce(township, '（乡镇待定）') as place,
        split_part(rule_code, '_', 1) as family
    from out_item
)

select
    coalesce(place, '合计') as township,
    count(*) as findings,
    count(*) filter (where family = 'OMI') as omission,
    count(*) filter (where family = 'PAY') as money,
    count(*) filter (where family = 'ELG') as entitlement,
    count(*) filter (where family = 'EDU') as schooling,
    count(*) filter (where family = 'IDN') as identity,
    count(*) filter (where family in ('LNK', 'HH')) as linkage,
    count(*) filter (where family = 'GRD') as graduates,
    count(*) filter (
        where family not in ('OMI', 'PAY', 'ELG', 'EDU', 'IDN', 'LNK', 'HH', 'GRD')
    ) as other
from items
group by grouping sets ((place), ())
having count(*) > 0
order by grouping(place), findings desc, place;
