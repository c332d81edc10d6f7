-- One row per sum of the cohort balance that does not come out.
with again as (
    -- last period's students, counted anew from the links
    select
        period.period_no,
        count(distinct linked.subject_key) as students
    from lnk_roster as linked
    inner join ref_period as period on period.previous_no = linked.period_no
    where
        linked.tier <> 'ambiguous'
        and period.period_no in (
            select listed.period_no from lnk_roster as listed
            where listed.tier <> 'ambiguous'
        )
    group by period.period_no
)

select '学生去留：' || period_no || ' ' || township || '各项之和不等于上学年人数' as shortfall
from out_cohort_balance
where
    students <> continuing + graduated + moved_up + on_leave + left_school + army
    + unexplained
union all
select '学生去留：全县不等于各乡镇之和：' || county.period_no
from out_cohort_balance as county
inner join (
    select
        period_no,
        sum(students) as students,
        sum(unexplained) as unexplained
    from out_cohort_balance
    where not is_county
    group by period_no
) as added
    on added.period_no = county.period_no
where
    county.is_county
    and (
        county.students <> added.students or county.unexplained <> added.unexplained
    )
union all
select '学生去留：上学年人数两次计算不一致：' || coalesce(again.period_no, county.period_no)
from again
full join (
    select * from out_cohort_balance
    where is_county
) as county
    on county.period_no = again.period_no
where county.students is distinct from again.students
union all
select '学生去留：同一人有两行：' || period_no
from out_cohort
group by period_no, subject_key
having count(*) > 1
order by shortfall;
