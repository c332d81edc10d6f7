/* ---
title      = "自愿放弃待佐证"
asks       = "家庭自愿放弃的声明书签了吗？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = ["yulu_roster", "yulu_roster.remark"]
answers    = ["已补签声明书", "不放弃，补报", "无法联系"]
proof      = "本人或监护人签字的自愿放弃声明书"
why        = "放弃要有签字的声明书，免得被认为漏报。"
clause     = "自愿放弃须本人签字声明"
since      = 2021-09-01
--- */
-- One row = one student and period, whose remark says 放弃 and names no signed paper.
select
    roster.subject_key,
    roster.period_no,
    first(stated.remark order by roster.row_id desc) as observed,
    '有签字的声明书' as expected,
    0 as yuan_at_stake,
    first(
        roster_zh(roster.period_no, roster.listed_on, roster.is_applied) || '备注为“'
        || stated.remark || '”，没有注明签字的声明书。'
        order by roster.row_id desc
    ) as sentence,
    cells([cell(roster.row_id, 'remark')]) as evidence,
    no_text() as hold_reason
from lnk_roster_row as roster
inner join stg_yulu_roster as stated on stated.row_id = roster.row_id
where
    roster.period_no is not null
    and roster.is_waived
    and not regexp_matches(stated.remark, '声明|承诺|签字|书面|附件|已附|佐证')
group by roster.subject_key, roster.period_no
