/* ---
title      = "已享受未登记措施"
asks       = "该生已享受雨露补助，请在监测系统补登教育帮扶措施。"
severity   = "B"
owner      = "township"
subject    = "person"
population = "roster"
needs      = [
    "monitored_person",
    "yulu_roster|yulu_payment",
    "monitored_person.education_help",
    "monitored_person.monitored_category",
]
answers    = ["已补登", "该户已不是监测对象", "未享受，名册有误"]
proof      = "系统截图"
why        = "监测户的帮扶措施要落实到人、登记到系统。"
clause     = "监测对象帮扶措施登记要求"
since      = 2021-09-01
--- */
-- One row = one member of a not eliminated monitored household, paid for the period (or
-- on its roster where it has no payment file), whose 教育帮扶 does not say 雨露计划.
with paid_period as (
    select distinct period_no from lnk_paid
),

enjoying as (
    select
        subject_key as person_key,
        period_no,
        max(row_id) as row_id,
        'amount_fen' as field,
        '发放文件' || coalesce('（' || strftime(max(paid_on), '%Y-%m-%d') || '）', '')
        || '已发放' as source_zh
    from lnk_paid
    where is_success
    group by subject_key, period_no

    union all

    select
        roster.person_key,
        roster.period_no,
        max(roster.row_id) as row_id,
        'id_number' as field,
        first(
            roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '列有该生'
            order by roster.row_id desc
        ) as source_zh
    from lnk_roster_row as roster
    where
        roster.person_key is not null
        and not roster.is_waived
        and roster.period_no not in (select period_no from paid_period)
    group by roster.person_key, roster.period_no
)

select
    measure.person_key as subject_key,
    measure.period_no,
    '教育帮扶没有雨露计划' as observed,
    '教育帮扶登记雨露计划' as expected,
    0 as yuan_at_stake,
    enjoying.source_zh || '（' || period_zh(measure.period_no) || '）；'
    || register_zh(measure.snapshot_on) || '该户为“' || measure.monitored_category
    || '”、风险未消除，教育帮扶没有登记雨露计划。' as sentence,
    list_sort([
        cell(enjoying.row_id, enjoying.field), cell(measure.row_id, 'education_help'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_measure as measure
inner join enjoying
    on
        enjoying.person_key = measure.person_key
        and enjoying.period_no = measure.period_no
where
    measure.monitored_category is not null
    and not measure.is_risk_done
    and not measure.has_yulu
    and not coalesce(measure.in_year_has_yulu, false)
    -- who is not entitled should not have it: an ELG_* finding says so
    and not exists (
        select 1 from lnk_standing as standing
        where
            standing.person_key = measure.person_key
            and standing.period_no = measure.period_no
            and not standing.is_entitled
    )
