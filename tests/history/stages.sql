-- What reading, linking and the rules would have left of `world`, `hit` and `rule`.
create or replace table ing_file as
select distinct
    source || coalesce(period_no, '') || '.xlsx' as file,
    -- a file with other rows is another file
    md5(
        source || string_agg(name, ',' order by row_id) over (
            partition by source, period_no
            order by row_id rows between unbounded preceding and unbounded following
        )
    ) as sha256,
    'title' as dated_by
from world;

create or replace table ing_ledger as
select
    row_id,
    source,
    source || coalesce(period_no, '') || '.xlsx' as file,
    '表一' as sheet,
    row_number() over (partition by source, period_no order by row_id) as row_no
from world;

create or replace table stg_monitored_person as
select
    world.row_id,
    ing_ledger.file
from world
inner join ing_ledger using (row_id)
where world.source = 'monitored_person';

create or replace table lnk_register as
select
    row_id,
    subject_key as person_key,
    snapshot_on,
    true as is_current
from world
cross join tonight
where source = 'monitored_person';

create or replace table lnk_known as
select
    subject_key as person_key,
    pid as node,
    '人' || name as person_no,
    name as name_key,
    '户' || name as household_no,
    cast(null as varchar) as head_pid,
    snapshot_on
from world
cross join tonight
where source = 'monitored_person';

create or replace table lnk_person as
select distinct
    subject_key as person_key,
    pid as person_id
from world
where source = 'monitored_person';

create or replace table lnk_departure (person_key varchar);

create or replace table lnk_list (source varchar, row_id bigint, subject_key varchar);

create or replace table lnk_list_period (row_id bigint, period_no varchar);
create or replace table lnk_payment (
    row_id bigint, period_no varchar, subject_key varchar, subject_id varchar
);

create or replace table lnk_roster as
select
    row_id,
    period_no,
    subject_key,
    pid as subject_id
from world
where source = 'yulu_roster';

create or replace table lnk_subject as
select distinct
    subject_key,
    pid as subject_id,
    name,
    '甲乡' as township,
    tonight.village,
    case when tonight.village is null then 'disagree' end as place_doubt
from world
cross join tonight;

create or replace table lnk_limit as
select
    62 as fresh_days,
    0.1 as shrink_share,
    30 as shrink_memory_days;

create or replace table lnk_extent as
with counted as (
    select
        source,
        period_no,
        count(distinct subject_key) as rows
    from world
    group by source, period_no
)

select
    counted.source,
    counted.period_no,
    '甲乡' as township,
    counted.rows,
    counted.source in (from uncovered) as is_miscounted,
    case when counted.source = 'monitored_person' then tonight.snapshot_on end
        as snapshot_on,
    (
        select max(past.rows) from his_coverage as past
        where
            past.source = counted.source
            and past.period_no is not distinct from counted.period_no
    ) as best_rows
from counted
cross join tonight;

create or replace table lnk_coverage as
select
    extent.source,
    extent.period_no,
    town.township,
    not extent.is_miscounted
    and coalesce(extent.rows >= 0.9 * extent.best_rows, true) as is_covered,
    extent.rows
from lnk_extent as extent
cross join (select unnest(['甲乡', null]) as township) as town;

create or replace table ref_setting (name varchar, value double);

create or replace table ref_rule as
select
    rule_code,
    absence_of,
    cast([] as varchar[]) as seen_in
from rule;

create or replace table fnd_rule_status as
select
    rule_code,
    outcome
from rule;

create or replace table fnd_candidate as
select
    hit.rule_code,
    hit.subject_kind,
    hit.subject_key,
    hit.subject_id,
    hit.period_no,
    hit.subject_key as person_key,
    hit.name,
    '甲乡' as township,
    tonight.village,
    'A' as severity,
    case when tonight.village is null then 'township' else 'village' end as owner,
    3000 as yuan_at_stake,
    hit.name || hit.says as sentence,
    hit.says as observed,
    '另样' as expected,
    coalesce(
        list(
            struct_pack(row_id := world.row_id, field := 'id_number')
            order by world.row_id
        ) filter (where world.row_id is not null),
        [struct_pack(row_id := cast(1 as bigint), field := 'id_number')]
    ) as evidence,
    ['表'] as source_rows,
    hit.hold_reason
from hit
cross join tonight
inner join rule on rule.rule_code = hit.rule_code
left join world
    on
        world.name = hit.name
        and (world.period_no is null or world.period_no = coalesce(hit.period_no, world.period_no))
        and world.source is distinct from rule.absence_of
group by all;

-- nobody is in doubt about who anybody is
create or replace table lnk_question (
    line_key varchar, question_key varchar, row_ids bigint[], name varchar,
    township varchar, village varchar, periods varchar, roster_side varchar,
    register_side varchar, candidates struct(
        person_key varchar, person_id varchar, name_key varchar, shown varchar
    )[], evidence varchar, is_frozen boolean
);
create or replace table ret_decision as
select * from his_decision;

create or replace table lnk_key_alias (former_key varchar, person_key varchar);
