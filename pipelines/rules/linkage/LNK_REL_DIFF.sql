/* ---
title      = "与户主关系不一致"
asks       = "该生和户主是什么关系？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "roster"
needs      = [
    "yulu_roster",
    "monitored_person",
    "yulu_roster.relation",
    "monitored_person.relation",
]
answers    = ["名册已更正", "监测系统已更正", "无法联系"]
proof      = "户口簿全户页"
why        = "关系不同，可能认错了人或户。"
clause     = "数据质量要求"
since      = 2021-09-01
--- */
-- One row = one student whose relation to the head differs. A roster may tell it from
-- the other side (户主与学生关系：父亲): then the student is a child. Another head makes
-- another relation: LNK_HEAD_DIFF tells that.
with folded as (
    select
        compared.*,
        case
            when compared.relation in ('之父', '之母')
                then ['之子', '之女', compared.relation]
            when compared.relation in ('之祖父', '之祖母')
                then ['之孙子', '之孙女', compared.relation]
            when compared.relation in ('之外祖父', '之外祖母')
                then ['之外孙子', '之外孙女', compared.relation]
            when compared.relation = '之叔伯' then ['之侄儿', '之侄女', '之叔伯']
            when compared.relation in ('之侄儿', '之侄女')
                then [compared.relation, '之叔伯']
            else [compared.relation]
        end as relations
    from lnk_compared as compared
    where
        compared.relation is not null
        and compared.register_relation is not null
        and '其他' not in (compared.relation, compared.register_relation)
)

select
    folded.subject_key,
    no_text() as period_no,
    first(folded.relation_written order by folded.period_no desc, folded.row_id desc)
        as observed,
    first(folded.register_relation order by folded.period_no desc, folded.row_id desc)
        as expected,
    0 as yuan_at_stake,
    first(
        folded.register_zh || '与户主关系为“' || folded.register_relation || '”，'
        || folded.roster_zh || '为“' || folded.relation_written || '”。'
        order by folded.period_no desc, folded.row_id desc
    ) as sentence,
    cells([
        cell(folded.row_id, 'relation'), cell(folded.register_row_id, 'relation'),
    ]) as evidence,
    no_text() as hold_reason
from folded
where
    not list_contains(folded.relations, folded.register_relation)
    and folded.row_id not in (select row_id from lnk_head_diff)
    -- another person under the number: IDN_SAME_ID_2NAMES
    and not exists (
        select 1
        from lnk_roster_row as roster
        inner join lnk_person as person on person.person_key = roster.person_key
        where
            roster.row_id = folded.row_id
            and roster.tier in ('id', 'id15', 'student_no')
            and roster.name_key <> person.name_key
    )
group by folded.subject_key
