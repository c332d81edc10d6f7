-- One row = one student of a period with a roster, and what became of the student in the
-- next period that has one: continuing, moved_up, graduated, on_leave, left, army, or
-- unexplained. The first that applies, the surest first.
create or replace table fnd_cohort as
with listed as (
    select
        *,
        row_number() over (
            partition by subject_key, period_no
            order by is_applied, end_year desc nulls last, row_id desc
        ) as turn
    from lnk_roster_row
    where period_no is not null and tier <> 'ambiguous'
),

student as (
    select
        before.subject_key,
        before.person_key,
        before.period_no as previous_no,
        period.period_no,
        before.row_id,
        before.level,
        before.entry_year,
        before.end_year,
        before.graduation_year,
        before.school_name,
        before.has_left,
        period.start_year,
        period.starts_on,
        period.ends_on,
        period.reference_on
    from listed as before
    inner join ref_period as period on period.previous_no = before.period_no
    where
        before.turn = 1
        -- a period without any roster is not applicable, not empty (ruling 2)
        and period.period_no in (select period_no from listed)
),

gone as (
    select
        student.subject_key,
        student.period_no,
        link.departed_on,
        link.reason
    from student
    inner join lnk_departure as link on link.person_key = student.person_key
    where coalesce(link.departed_on <= student.ends_on, true)
    qualify
        row_number() over (
            partition by student.subject_key, student.period_no
            order by link.departed_on nulls last, link.row_id
        ) = 1
),

-- what the school register says for the period, or said before it and never took back
told as (
    select
        subject_key,
        period_no,
        register_status,
        source_zh
    from lnk_stop

    union all

    select
        subject_key,
        period_no,
        register_status,
        source_zh
    from lnk_school
    where subject_key is not null and register_status is not null
    qualify
        row_number() over (
            partition by subject_key, period_no
            order by period_no_term desc nulls last, status_on desc nulls last, row_id desc
        ) = 1
),

status as (
    select
        subject_key,
        period_no,
        min(register_status) as register_status,
        min(source_zh) as source_zh
    from (
        select *
        from told
        -- a stop outlasts the same period's 在籍在读 of another school
        qualify
            rank() over (
                partition by subject_key, period_no order by register_status = '在籍在读'
            ) = 1
    ) as surest
    group by subject_key, period_no
),

remarked as (
    select
        listed.subject_key,
        listed.period_no,
        min(word.register_status) as register_status
    from listed
    inner join stg_yulu_roster as stated on stated.row_id = listed.row_id
    inner join ref_remark_word as word on contains(stated.remark, word.word)
    where listed.has_left
    group by listed.subject_key, listed.period_no
),

meaning (register_status, fate) as (
    values
    ('在籍在读', 'continuing'),
    ('休学', 'on_leave'),
    ('保留学籍', 'on_leave'),
    ('入伍', 'army'),
    ('毕业', 'graduated'),
    ('结业', 'graduated'),
    ('肄业', 'left'),
    ('退学', 'left'),
    ('开除', 'left'),
    ('未报到', 'left'),
    ('转出', 'left'),
    ('死亡', 'left')
),

seen as (
    select
        student.*,
        next_row.row_id as next_row_id,
        coalesce(next_row.has_left, false) as next_has_left,
        -- another programme of a higher level: 中职 → 高职, 技师
        coalesce(
            next_row.level is distinct from student.level
            and student.level in ('secondary', 'technician')
            and next_row.level in ('higher', 'technician')
            and next_row.level <> student.level,
            false
        ) as is_next_higher,
        gone.departed_on,
        gone.reason,
        gone.subject_key is not null as is_gone,
        status.register_status,
        status.source_zh,
        coalesce(here.register_status, before.register_status) as remark_status,
        destination.destination_group,
        destination.destination,
        destination.graduation_on,
        state.school_state,
        state.is_known,
        state.in_grace,
        state.is_vocational,
        meant.stage,
        meant.level as state_level,
        coalesce(state.snapshot_on, student.starts_on) as state_on
    from student
    left join listed as next_row
        on
            next_row.subject_key = student.subject_key
            and next_row.period_no = student.period_no
            and next_row.turn = 1
    left join gone
        on
            gone.subject_key = student.subject_key
            and gone.period_no = student.period_no
    left join status
        on
            status.subject_key = student.subject_key
            and status.period_no = student.period_no
    left join remarked as here
        on
            here.subject_key = student.subject_key
            and here.period_no = student.period_no
    left join remarked as before
        on
            before.subject_key = student.subject_key
            and before.period_no = student.previous_no
    left join lnk_graduate as destination
        on destination.subject_key = student.subject_key
    left join lnk_state as state
        on
            state.person_key = student.person_key
            and state.period_no = student.period_no
    left join ref_school_state as meant on meant.label = state.school_state
),

judged as (
    select
        *,
        coalesce(start_year >= end_year, false) as is_over,
        -- 本科 after any, 高职 after 中职
        coalesce(
            is_known and (
                stage = 'degree'
                or (state_level = 'higher' and level in ('secondary', 'technician'))
            ),
            false
        ) as is_state_higher
    from seen
),

decided as (
    select
        judged.*,
        case
            when is_gone and coalesce(departed_on < reference_on, true) and reason = '参军'
                then ['army', '自然减少名单：参军']
            when is_gone and coalesce(departed_on < reference_on, true)
                then ['left', '自然减少名单：' || coalesce(reason, '原因未填')]
            when next_row_id is not null and not next_has_left and is_next_higher
                then ['moved_up', '本学年名册：升入更高层次']
            when next_row_id is not null and not next_has_left
                then ['continuing', '本学年名册']
            when is_gone and reason = '参军' then ['army', '自然减少名单：参军']
            when is_gone then ['left', '自然减少名单：' || coalesce(reason, '原因未填')]
            when told_status.fate = 'graduated' and destination_group = 'study'
                then ['moved_up', '毕业去向：' || destination]
            when told_status.fate is not null and told_status.fate <> 'continuing'
                then [told_status.fate, source_zh || '：' || judged.register_status]
            when remark_fate.fate is not null and remark_fate.fate <> 'continuing'
                then [remark_fate.fate, '名册备注：' || remark_status]
            when is_over and destination_group = 'army'
                then ['army', '毕业去向：' || destination]
            when is_over and destination_group = 'study'
                then ['moved_up', '毕业去向：' || destination]
            when is_over and is_state_higher
                then ['moved_up', '监测系统：' || school_state]
            when is_over then ['graduated', '名册学制期满']
            when told_status.fate = 'continuing'
                then ['continuing', source_zh || '：在读，未列名册']
            when is_known and is_state_higher
                then ['moved_up', '监测系统：' || school_state]
            when is_known and is_vocational
                then ['continuing', '监测系统：' || school_state || '，未列名册']
            when destination_group = 'army'
                then ['army', '毕业去向：' || destination]
            else ['unexplained', '名册、减少、学籍、去向都没有交代']
        end as answer
    from judged
    left join meaning as told_status
        on told_status.register_status = judged.register_status
    left join meaning as remark_fate
        on remark_fate.register_status = judged.remark_status
)

select
    decided.subject_key,
    decided.period_no,
    decided.previous_no,
    subject.township,
    subject.village,
    answer[1] as fate,
    answer[2] as basis,
    decided.school_name,
    decided.end_year,
    decided.row_id
from decided
left join lnk_subject as subject on subject.subject_key = decided.subject_key
order by decided.period_no, decided.subject_key;
