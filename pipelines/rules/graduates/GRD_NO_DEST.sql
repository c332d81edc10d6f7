/* ---
title      = "去向不明"
asks       = "该生毕业后去了哪里：就业、升学还是在家？"
severity   = "A"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "graduate_destination",
    "graduate_destination.destination",
    "graduate_destination.graduation_on",
]
answers    = ["已就业，已填", "已升学，已填", "求职中，已填", "参军，已填", "无法联系"]
proof      = "劳动合同、录取通知书等"
why        = "毕业三个月还没有去向，可能需要就业帮扶。"
clause     = "毕业去向应在毕业后三个月内登记"
since      = 2021-09-01
--- */
-- One row = one graduate on the list, whose destination is still empty so many days after
-- graduation.
select
    graduate.subject_key,
    no_text() as period_no,
    '去向为空' as observed,
    '毕业后' || cast(cast(limits.days as integer) as varchar) || '天内填写' as expected,
    0 as yuan_at_stake,
    graduate.source_zh || '该生' || day_zh(graduate.graduation_on) || '毕业，到'
    || day_zh(run.as_of) || '已' || cast(
        date_diff('day', graduate.graduation_on, run.as_of) as varchar
    ) || '天，毕业去向仍为空' || coalesce(
        '，上次联系' || strftime(graduate.reported_on, '%Y-%m-%d'), ''
    ) || '。' as sentence,
    list_sort([
        cell(graduate.row_id, 'destination'), cell(graduate.row_id, 'graduation_on'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_graduate as graduate
cross join run
cross join (
    select max(value) filter (where name = 'destination_days') as days
    from ref_limit
) as limits
inner join lnk_subject as subject on subject.subject_key = graduate.subject_key
where
    graduate.destination is null
    and not graduate.is_garbled
    and shows(graduate.columns, 'destination')
    and coalesce(graduate.is_graduated, true)
    and date_diff('day', graduate.graduation_on, run.as_of) >= limits.days
    and not exists (
        select 1 from lnk_departure as gone
        where gone.person_key = graduate.subject_key
    )
