-- One row = one school year, and whether both policies can be compared in it: each has
-- periods that fill it. Where their periods are the same, each is compared; else the year.
create or replace temp table what_if_year as
with one as (
    select
        school_year,
        list_sort(list(period_no)) as periods,
        min(starts_on) as starts_on,
        max(ends_on) as ends_on,
        count(*) as terms,
        count(*) filter (where is_listed) as terms_listed
    from now_period
    group by school_year
),

other as (
    select
        school_year,
        list_sort(list(period_no)) as periods,
        min(starts_on) as starts_on,
        max(ends_on) as ends_on,
        count(*) as terms,
        count(*) filter (where is_listed) as terms_listed
    from then_period
    group by school_year
)

select
    one.school_year,
    coalesce(one.periods = other.periods, false) as is_same,
    coalesce(
        one.starts_on = other.starts_on
        and one.ends_on = other.ends_on
        and least(one.terms_listed, other.terms_listed) > 0,
        false
    ) as is_comparable,
    -- a child on no roster is due a whole year; terms without a roster are not asked yet
    case when other.terms > one.terms then other.terms_listed / other.terms else 1 end
        as now_share,
    case when one.terms > other.terms then one.terms_listed / one.terms else 1 end
        as then_share
from one
left join other on other.school_year = one.school_year;

-- One row = one compared period and level of which a policy speaks.
create or replace temp table what_if_said as
select distinct
    case when year.is_same then level.period_no else year.school_year end as unit_no,
    level.is_now,
    level.level
from (
    select
        *,
        true as is_now
    from now_level

    union all

    select
        *,
        false as is_now
    from then_level
) as level
inner join what_if_year as year on year.school_year = left(level.period_no, 9);

-- One row = one person and compared period whose due differs between the policies.
create or replace temp table what_if_change as
with line as (
    select
        line.subject_key,
        case when year.is_same then line.period_no else line.school_year end as unit_no,
        true as is_now,
        line.is_due,
        line.basis,
        line.level,
        case when line.is_listed then line.fen else line.fen * year.now_share end as fen
    from now_line as line
    inner join what_if_year as year
        on year.school_year = line.school_year and year.is_comparable

    union all

    select
        line.subject_key,
        case when year.is_same then line.period_no else line.school_year end as unit_no,
        false as is_now,
        line.is_due,
        line.basis,
        line.level,
        case when line.is_listed then line.fen else line.fen * year.then_share end as fen
    from then_line as line
    inner join what_if_year as year
        on year.school_year = line.school_year and year.is_comparable
),

unit as (
    select
        subject_key,
        unit_no,
        is_now,
        -- due in one of its terms is due; not known in one and not due in the others, open
        case
            when bool_or(coalesce(is_due, false)) then true
            when bool_and(is_due is not null) then false
        end as is_due,
        case
            when count(*) filter (where is_due and fen is null) = 0
                then cast(coalesce(sum(fen) filter (where is_due), 0) as bigint)
        end as fen,
        min(basis) filter (where not coalesce(is_due, false)) as why,
        max(level) as level
    from line
    group by subject_key, unit_no, is_now
),

compared as (
    select
        coalesce(now_unit.subject_key, then_unit.subject_key) as subject_key,
        coalesce(now_unit.unit_no, then_unit.unit_no) as unit_no,
        -- on one ledger only: not due by the other, unless that says nothing of the level
        case
            when now_unit.subject_key is not null then now_unit.is_due
            when then_unit.level is null or now_said.level is not null then false
        end as now_due,
        case
            when then_unit.subject_key is not null then then_unit.is_due
            when now_unit.level is null or then_said.level is not null then false
        end as then_due,
        case when now_unit.subject_key is null then 0 else now_unit.fen end as now_fen,
        case when then_unit.subject_key is null then 0 else then_unit.fen end as then_fen,
        case
            when now_unit.subject_key is not null then now_unit.why
            when now_said.level is null then 'level_unsaid'
        end as now_why,
        case
            when then_unit.subject_key is not null then then_unit.why
            when then_said.level is null then 'level_unsaid'
        end as then_why
    from (
        select * from unit
        where is_now
    ) as now_unit
    full join (
        select * from unit
        where not is_now
    ) as then_unit
        on
            then_unit.subject_key = now_unit.subject_key
            and then_unit.unit_no = now_unit.unit_no
    left join what_if_said as now_said
        on
            now_said.is_now
            and now_said.unit_no = then_unit.unit_no
            and now_said.level = then_unit.level
    left join what_if_said as then_said
        on
            not then_said.is_now
            and then_said.unit_no = now_unit.unit_no
            and then_said.level = now_unit.level
),

judged as (
    select
        *,
        case
            when now_due is null and then_due is null then 'same'
            when now_due is null or then_due is null then 'open'
            when then_due and not now_due then 'gain'
            when now_due and not then_due then 'lose'
            when not now_due then 'same'
            when now_fen is null or then_fen is null then 'unpriced'
            when then_fen > now_fen then 'more'
            when then_fen < now_fen then 'less'
            else 'same'
        end as change
    from compared
)

select
    judged.subject_key,
    judged.unit_no,
    judged.change,
    coalesce(
        case
            when judged.change = 'gain' then judged.now_why
            when judged.change = 'open' and judged.now_due is null then judged.now_why
            when judged.change in ('lose', 'open') then judged.then_why
        end,
        ''
    ) as why,
    coalesce(subject.township, '（乡镇待定）') as township,
    -- place in doubt goes up: it is nobody's village
    case when subject.place_doubt is null then subject.village end as village,
    subject.name,
    mask_id(subject.subject_id) as id_masked,
    coalesce('h' || person.household_no, 's' || judged.subject_key) as household,
    case when judged.now_due then judged.now_fen // 100 when not judged.now_due then 0 end
        as now_yuan,
    case when judged.then_due then judged.then_fen // 100 when not judged.then_due then 0 end
        as then_yuan,
    case
        when judged.change in ('gain', 'lose', 'more', 'less')
            then
                case when judged.then_due then judged.then_fen else 0 end // 100
                - case when judged.now_due then judged.now_fen else 0 end // 100
    end as yuan
from judged
left join lnk_subject as subject on subject.subject_key = judged.subject_key
left join lnk_person as person on person.person_key = judged.subject_key
where judged.change <> 'same';
