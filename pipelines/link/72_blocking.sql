-- One row per way in which pairs came to be looked at ('all': together): how many pairs,
-- how many roster rows were linked through it, and how many through it alone.
--
-- What blocking misses is measured where the truth is known: rows linked by their number
-- need no blocking. `audited` are those rows, `reached` those of them that name and home
-- would have brought together as well; `missed_estimate` says how many rows without a
-- usable number were therefore probably not looked at: linked * missed / reached.
create or replace table lnk_blocking as
with proposed as (
    select
        choice.row_id,
        choice.person_key,
        line.probe_key
    from lnk_choice as choice
    inner join lnk_row as line on line.row_id = choice.row_id
    where choice.standing = 'proposed'
),

through as (
    select
        block.rule,
        proposed.row_id
    from proposed
    inner join lnk_block as block
        on
            block.probe_key = proposed.probe_key
            and block.person_key = proposed.person_key

    union all

    -- digits that Excel kept, and the name
    select
        'number_begun' as rule,
        proposed.row_id
    from proposed
    inner join lnk_row as line on line.row_id = proposed.row_id
    inner join lnk_cut as cut
        on
            cut.number = coalesce(line.number, line.kept)
            and cut.name_key = line.name_key
            and cut.person_key = proposed.person_key
),

alone as (
    select
        row_id,
        min(rule) as rule
    from through
    group by row_id
    having count(distinct rule) = 1
),

pair as (
    select
        rule,
        probe_key,
        person_key
    from lnk_block

    union all

    select
        'number_begun' as rule,
        concat_ws('|', number, name_key) as probe_key,
        person_key
    from lnk_cut
),

counted as (
    select
        rule,
        count(*) as pairs
    from pair
    group by rule
),

linked as (
    select
        through.rule,
        count(distinct through.row_id) as linked,
        count(distinct alone.row_id) as only_here
    from through
    left join alone on alone.row_id = through.row_id and alone.rule = through.rule
    group by through.rule
),

audit as (
    select
        count(*) as audited,
        count(*) filter (
            where
            is_same_name
            and (
                coalesce(is_same_village, false)
                or coalesce(head, '') in ('head_same', 'head_member')
                or is_guardian_member
                or is_same_household_no
                or is_same_person_no
            )
        ) as reached
    from lnk_compared
    where tier in ('id', 'id15', 'student_no')
),

whole as (
    select
        (select count(*) from lnk_pair) as pairs,
        count(distinct row_id) as linked
    from through
)

select
    'number' as rule,
    count(*) as pairs,
    count(distinct row_id) as linked,
    count(distinct row_id) as only_here,
    cast(null as bigint) as audited,
    cast(null as bigint) as reached,
    cast(null as bigint) as missed_estimate
from lnk_exact
where tier <> 'decision'

union all

select
    counted.rule,
    counted.pairs,
    coalesce(linked.linked, 0) as linked,
    coalesce(linked.only_here, 0) as only_here,
    null as audited,
    null as reached,
    null as missed_estimate
from counted
left join linked on linked.rule = counted.rule

union all

select
    'all' as rule,
    whole.pairs,
    whole.linked,
    null as only_here,
    audit.audited,
    audit.reached,
    cast(
        ceil(whole.linked * (audit.audited - audit.reached) / nullif(audit.reached, 0))
        as bigint
    ) as missed_estimate
from whole
cross join audit;
