/* ---
title      = "初高中毕业去向待查"
asks       = "孩子毕业后去了哪里：升学、职校、务工还是在家？"
severity   = "B"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.school_state"]
absence_of = "monitored_person"
answers    = ["已读中职或高职，补报", "升入普通高中或本科", "务工", "在家", "已参军", "无法联系"]
proof      = "录取通知书、在校证明；务工的，劳动合同"
why        = "初高中毕业是最容易漏掉的一步：读了职校就该申报，没上学要帮扶。"
clause     = "雨露计划＋：新成长劳动力应入读尽读、应补尽补"
since      = 2021-09-01
--- */
-- One row = one young member of an entitled household, in the last year of junior or
-- senior school in the last snapshot of the school year before, and now without a state
-- or, once promotion is due, still with the same one.
with now as (
    select
        entry.person_key,
        entry.row_id,
        entry.snapshot_on,
        entry.school_state,
        entry.is_number_good,
        entry.pid,
        entry.birth_on,
        period.period_no,
        period.reference_on,
        before.starts_on as before_starts_on,
        before.ends_on as before_ends_on,
        entry.snapshot_on > before.grace_until as is_promotion_due
    from lnk_entry as entry
    inner join lnk_year as period
        on entry.snapshot_on between period.starts_on and period.ends_on
    inner join lnk_year as before on before.start_year = period.start_year - 1
    where
        entry.is_in_scope
        and shows(entry.columns, 'school_state')
        and not list_contains(entry.garbled, 'school_state')
    qualify
        row_number() over (
            partition by entry.person_key
            order by entry.snapshot_on desc, entry.school_state is null, entry.row_id desc
        ) = 1
),

last_year as (
    select
        now.person_key,
        register.row_id,
        register.snapshot_on,
        stated.school_state
    from now
    inner join lnk_register as register on register.person_key = now.person_key
    inner join stg_monitored_person as stated on stated.row_id = register.row_id
    where
        register.snapshot_on between now.before_starts_on and now.before_ends_on
        and stated.school_state is not null
    qualify
        row_number() over (
            partition by now.person_key
            order by register.snapshot_on desc, register.row_id desc
        ) = 1
),

limits as (
    select
        max(value) filter (where name = 'leaver_age_from') as age_from,
        max(value) filter (where name = 'leaver_age_to') as age_to
    from ref_limit
)

select
    now.person_key as subject_key,
    now.period_no,
    coalesce(now.school_state, '') as observed,
    last_year.school_state || '之后的去向' as expected,
    0 as yuan_at_stake,
    register_zh(last_year.snapshot_on) || '在校生状况为' || said(last_year.school_state)
    || '，' || register_zh(now.snapshot_on) || '为' || said(now.school_state)
    || '，毕业后的去向不明。' as sentence,
    list_sort([cell(last_year.row_id, 'school_state'), cell(now.row_id, 'school_state')])
        as evidence,
    no_text() as hold_reason
from now
inner join last_year on last_year.person_key = now.person_key
inner join ref_school_state as state on state.label = last_year.school_state
inner join lnk_standing as standing
    on standing.person_key = now.person_key and standing.period_no = now.period_no
cross join limits
where
    state.stage in ('junior', 'senior')
    and state.grade = 3
    and (
        now.school_state is null
        or (
            now.school_state = last_year.school_state
            and now.is_promotion_due
            -- a township not moved up is one task: EDU_NOT_PROMOTED
            and not exists (
                select 1
                from lnk_person as person
                inner join lnk_unpromoted as town on town.township = person.township
                where
                    person.person_key = now.person_key
                    and town.period_no = now.period_no
            )
        )
    )
    and standing.is_entitled
    and age_on(
        coalesce(case when now.is_number_good then id_birth(now.pid) end, now.birth_on),
        now.reference_on
    ) between limits.age_from and limits.age_to
    and not exists (
        select 1 from lnk_departure as gone
        where gone.person_key = now.person_key
    )
    and not exists (
        select 1 from lnk_roster as listed
        where listed.person_key = now.person_key and listed.period_no = now.period_no
    )
