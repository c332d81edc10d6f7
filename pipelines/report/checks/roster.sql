-- One row per figure that does not come out the same when derived a second way, straight
-- from the roster rows and their links.
with again as (
    select
        linked.period_no,
        count(distinct linked.subject_key) filter (where not linked.is_applied) as people,
        count(distinct linked.subject_key) filter (where linked.is_applied) as applied_people,
        coalesce(sum(roster.amount_fen) filter (where not linked.is_applied), 0) as fen,
        coalesce(sum(roster.amount_fen) filter (where linked.is_applied), 0) as applied_fen
    from stg_yulu_roster as roster
    left join lnk_roster as linked on roster.row_id = linked.row_id
    group by linked.period_no
),

listed_rows as (
    select subject_key from out_list_students
    union all
    select subject_key from out_list_graduates
    union all
    select subject_key from out_standing
    where standing_now = 'departed'
),

listed as (
    select count(distinct subject_key) as people
    from listed_rows
)

select
    '资助规模两次计算不一致：' || coalesce(again.period_no, stated.period_no, '学年不明')
        as shortfall
from again
full outer join out_headline as stated on again.period_no = stated.period_no
where
    again.people is distinct from stated.people
    or again.applied_people is distinct from stated.applied_people
    or again.fen is distinct from stated.fen
    or again.applied_fen is distinct from stated.applied_fen
union all
select '名册行没有关联结果：' || count(*)::varchar || ' 行'
from stg_yulu_roster as roster
left join lnk_roster as linked on roster.row_id = linked.row_id
where linked.row_id is null
having count(*) > 0
union all
select '名册行有两条关联结果：' || count(*)::varchar || ' 行'
from (
    select row_id
    from lnk_roster
    group by row_id
    having count(*) > 1
) as doubled
having count(*) > 0
union all
select '在读和毕业清单与资助人数不符'
from out_headline_total as total
cross join listed
where total.people <> listed.people
order by shortfall;
