/* ---
title      = "户主不一致"
asks       = "该户现在的户主是谁？分户或换户主了吗？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "yulu_roster.head_name",
    "monitored_person.relation|monitored_person.head_name",
]
answers    = ["名册户主已更正", "监测系统户主已更正", "已分户", "无法联系"]
proof      = "户口簿首页"
why        = "户主不同，可能分了户、换了户主，或挂到了别家名下。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one student whose head on the roster is not the register's.
select
    compared.subject_key,
    no_text() as period_no,
    first(differing.head_name order by compared.period_no desc, compared.row_id desc)
        as observed,
    first(
        differing.register_head_name order by compared.period_no desc, compared.row_id desc
    ) as expected,
    0 as yuan_at_stake,
    first(
        compared.register_zh || '户主为' || said(differing.register_head_name) || '，'
        || compared.roster_zh || '户主为' || said(differing.head_name) || '。'
        order by compared.period_no desc, compared.row_id desc
    ) as sentence,
    cells([
        cell(compared.row_id, 'head_name'), cell(differing.head_row_id, 'name'),
    ]) as evidence,
    no_text() as hold_reason
from lnk_compared as compared
inner join lnk_head_diff as differing on differing.row_id = compared.row_id
group by compared.subject_key
