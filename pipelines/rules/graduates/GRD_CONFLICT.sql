/* ---
title      = "去向矛盾"
asks       = "该生现在究竟是就业、升学还是待业？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["graduate_destination", "graduate_destination.destination"]
answers    = ["去向已更正", "就业时间已更正", "属顶岗实习，已注明", "无法联系"]
proof      = "就业或升学材料"
why        = "一个人只能有一个去向，时间也要说得通。"
clause     = "毕业去向填报要求"
since      = 2021-09-01
--- */
-- One row = one graduate with two exclusive destinations on the same list, with an
-- employer and yet not placed or studying, or at work long before graduation.
with several as (
    select
        link.subject_key,
        string_agg(distinct stated.destination, '、' order by stated.destination) as destinations,
        cells([cell(stated.row_id, 'destination')]) as evidence
    from stg_graduate_destination as stated
    inner join lnk_list as link
        on link.row_id = stated.row_id and link.source = 'graduate_destination'
    where
        coalesce(stated.is_current, true)
        and stated.destination_group is not null
        and link.subject_key is not null
    group by link.subject_key, stated.snapshot_on
    having count(distinct stated.destination_group) > 1
),

judged as (
    select
        graduate.*,
        several.evidence as several_evidence,
        concat_ws(
            '，',
            '去向有' || several.destinations,
            case
                when
                    several.subject_key is null
                    and graduate.destination_group in ('unplaced', 'study')
                    and graduate.employer is not null
                    then
                        '去向为“' || graduate.destination_written || '”，就业单位却是“'
                        || graduate.employer || '”'
            end,
            case
                when
                    graduate.job_started_on
                    < graduate.graduation_on
                    - to_months(cast(limits.months as integer))
                    and not coalesce(contains(graduate.remark, '实习'), false)
                    and not coalesce(contains(graduate.employer, '实习'), false)
                    then
                        day_zh(graduate.job_started_on) || '就业，'
                        || day_zh(graduate.graduation_on) || '才毕业'
            end
        ) as what
    from lnk_graduate as graduate
    cross join (
        select max(value) filter (where name = 'early_job_months') as months
        from ref_limit
    ) as limits
    inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
    left join several on several.subject_key = graduate.subject_key
)

select
    subject_key,
    no_text() as period_no,
    what as observed,
    '只有一个去向，就业不早于毕业一年以上' as expected,
    0 as yuan_at_stake,
    source_zh || what || '，互相矛盾。' as sentence,
    list_sort(list_distinct(list_concat(
        coalesce(several_evidence, []),
        [
            cell(row_id, 'destination'), cell(row_id, 'employer'),
            cell(row_id, 'job_started_on'),
        ]
    ))) as evidence,
    no_text() as hold_reason
from judged
where what <> ''
