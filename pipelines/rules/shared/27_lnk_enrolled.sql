-- One row = one person and period, full-time by the school register at a trade school of
-- a level that the period's documents fund.
with enrolled as (
    select
        school.*,
        coalesce(
            school.level,
            case when named.kind in ('secondary', 'higher', 'technician') then named.kind end
        ) as school_level
    from lnk_school as school
    left join lnk_school_name as named on named.written = school.school_name
    where
        coalesce(school.register_status, '在籍在读') = '在籍在读'
        and not exists (
            select 1 from ref_study_form as unfunded
            where unfunded.study_form = school.study_form and not unfunded.is_funded
        )
        and (
            school.level is not null
            or school.level_kind in ('five_year', 'mixed')
            or (
                school.level_kind is null
                and named.kind in ('secondary', 'higher', 'technician')
            )
        )
    qualify
        row_number() over (
            partition by school.subject_key, school.period_no
            order by school.period_no_term desc nulls last, school.row_id desc
        ) = 1
)

select *
from enrolled
where
    -- a level of which no document of the province speaks is nobody's due
    exists (
        select 1 from ref_level as funded
        where
            funded.period_no = enrolled.period_no
            and funded.level = coalesce(enrolled.school_level, funded.level)
    )
