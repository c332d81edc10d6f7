/* ---
title      = "汇总不符"
asks       = "应发、名册、实发三本账的差额，有一部分没有问题能说明，差在哪里？"
severity   = "A"
owner      = "county"
subject    = "place"
population = "payment"
needs      = ["yulu_roster"]
answers    = ["差额已逐笔查清", "发放文件不全，已补", "名册有更正，已补"]
money      = ["rest"]
is_last    = true
proof      = "资金拨付文件、发放汇总表"
why        = "应发、名册、实发三本账应当一致；逐人问题说明不了的差额，多半是哪本账有缺漏。"
clause     = "账账相符、账实相符"
since      = 2021-09-01
--- */
-- One row = one period in which the way from what was due to what was given has a rest
-- that no single finding explains. It runs after all other rules: what they explain is
-- no cause of its own.
with place as (
    select
        period_no,
        coalesce(township, '乡镇待定') as township,
        count(distinct subject_key) as people,
        sum(abs(fen)) as fen
    from fnd_rest
    group by period_no, coalesce(township, '乡镇待定')
),

placed as (
    select
        period_no,
        string_agg(
            township || cast(people as varchar) || '人' || yuan_zh(cast(fen as bigint)), '、'
            order by fen desc, township
        ) as places
    from place
    group by period_no
)

select
    '全县' as subject_key,
    rest.period_no,
    '无法说明' || yuan_zh(cast(sum(abs(rest.fen)) as bigint)) as observed,
    '无法说明0元' as expected,
    whole_yuan(cast(sum(abs(rest.fen)) as bigint)) as yuan_at_stake,
    period_zh(rest.period_no) || '应发与名册、名册与实发之间，有'
    || cast(count(distinct rest.subject_key) as varchar) || '人'
    || yuan_zh(cast(sum(abs(rest.fen)) as bigint))
    || '的差额没有单独的问题能说明（多发' || yuan_zh(
        cast(coalesce(sum(rest.fen) filter (where rest.fen > 0), 0) as bigint)
    ) || '，少发' || yuan_zh(
        cast(coalesce(-sum(rest.fen) filter (where rest.fen < 0), 0) as bigint)
    ) || '）：' || max(placed.places) || '。' as sentence,
    cells(rest.evidence)[1:20] as evidence,
    no_text() as hold_reason
from fnd_rest as rest
inner join placed on placed.period_no = rest.period_no
where len(rest.evidence) > 0
group by rest.period_no
