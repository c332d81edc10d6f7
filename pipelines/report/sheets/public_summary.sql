-- One row per standing, period and level. A count below the least that may be shown is
-- null ("少于"), and so is the next smallest of its period when it would otherwise follow
-- from the period's total; the total itself is shown when it is large enough.
with least as (
    select value as small
    from ref_setting
    where name = 'public_least_count'
),

counted as (
    select
        is_applied,
        period_no,
        coalesce(school_level, '未填') as level,
        count(*) filter (where not is_doubted) as people,
        count(*) filter (where is_doubted) as doubted,
        sum(amount_fen) filter (where not is_doubted) as fen
    from out_public
    group by is_applied, period_no, level
),

ranked as (
    select
        counted.*,
        least.small,
        count(*) filter (where people < small and people > 0) over period as small_ones,
        row_number() over (
            partition by is_applied, period_no
            order by people = 0, people < least.small desc, people, level
        ) as place
    from counted
    cross join least
    window period as (partition by is_applied, period_no)
),

levels as (
    select
        is_applied,
        period_no,
        level,
        people,
        fen,
        (people > 0 and people < small)
        or (small_ones = 1 and place = 2 and people > 0) as is_hidden
    from ranked
),

totals as (
    select
        is_applied,
        period_no,
        sum(people) as people,
        sum(doubted) as doubted,
        sum(fen) as fen
    from counted
    group by is_applied, period_no
),

parts as (
    select
        case when is_applied then '拟资助' else '已列入名册' end as standing,
        period_no as period,
        level as school_level,
        case when not is_hidden then people end as people,
        case when not is_hidden then coalesce(fen, 0) / 100 end as yuan,
        case when is_hidden then '人数过少，不单独公布' end as remark
    from levels
    union all
    select
        case when totals.is_applied then '拟资助' else '已列入名册' end as standing,
        totals.period_no as period,
        '合计' as school_level,
        case when totals.people = 0 or totals.people >= least.small then totals.people end,
        case
            when totals.people = 0 or totals.people >= least.small
                then coalesce(totals.fen, 0) / 100
        end,
        case
            when totals.doubted >= least.small
                then '另有 ' || totals.doubted || ' 人正在核实，核实后补充公示'
            when totals.doubted > 0 then '另有少数人正在核实，核实后补充公示'
        end
    from totals
    cross join least
)

select
    standing,
    period,
    school_level,
    people,
    yuan,
    remark
from parts
order by standing desc, period desc, (school_level = '合计'), school_level;
