-- Limits of this stage, as one row. What settings do not name has its default here.
create or replace table lnk_limit as
select
    coalesce(max(value) filter (where name = 'fresh_days'), 62) as fresh_days,
    coalesce(max(value) filter (where name = 'shrink_share'), 0.1) as shrink_share,
    coalesce(max(value) filter (where name = 'shrink_memory_days'), 30)
        as shrink_memory_days,
    coalesce(max(value) filter (where name = 'period_shrink_share'), 0.5)
        as period_shrink_share,
    coalesce(max(value) filter (where name = 'payment_cover_share'), 0.5)
        as payment_cover_share,
    coalesce(max(value) filter (where name = 'student_age_from'), 12)
        as student_age_from,
    coalesce(max(value) filter (where name = 'student_age_to'), 50) as student_age_to,
    coalesce(max(value) filter (where name = 'scope_age_from'), 14) as scope_age_from,
    coalesce(max(value) filter (where name = 'scope_age_to'), 30) as scope_age_to
from ref_setting;

-- One row per known village: of the reference, of the alias list, of the register.
-- The register's own places make any county work, not only those of the reference.
create or replace table lnk_place as
with named as (
    select
        township_key,
        township,
        village_key,
        village,
        1 as rank,
        1 as times
    from ref_place
    where village_key is not null

    union all

    select
        township_key,
        township,
        village_key,
        village,
        2 as rank,
        count(*) as times
    from stg_monitored_person
    where township_key is not null and village_key is not null
    group by all
)

select
    township_key,
    village_key,
    village,
    bool_or(rank = 1) over (partition by township_key, village_key) as is_reference
from named
-- the reference's spelling, else the commonest, else the first in code order
qualify
    row_number() over (
        partition by township_key, village_key
        order by rank, times desc, village
    ) = 1;

-- One row per known township with the name that reports use.
-- `is_abolished`: the older list has its villages, today's has it no more, and nobody
-- in the current register lives there.
create or replace table lnk_township as
with named as (
    select
        township_key,
        township,
        1 as rank,
        1 as times,
        village is null as is_today
    from ref_place
    where township_key is not null

    union all

    select
        township_key,
        township,
        2 as rank,
        count(*) as times,
        bool_or(is_current) as is_today
    from stg_monitored_person
    where township_key is not null
    group by township_key, township
)

select
    township_key,
    township,
    not bool_or(is_today) over (partition by township_key)
    and exists (
        select 1 from ref_place
        where village is null
    ) as is_abolished
from named
qualify
    row_number() over (
        partition by township_key order by rank, times desc, township
    ) = 1;
