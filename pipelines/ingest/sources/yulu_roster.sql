-- The period of a roster row, whether it is only applied for, and which rows of a
-- system's list are no roster rows.

insert into tmp_issue (sheet_id, issue_code, detail)
select distinct
    sheet.sheet_id,
    'ING_PERIOD_FROM_NAME' as issue_code,
    sheet.period_no || '学年' as detail,
from load_yulu_roster as roster
inner join tmp_sheet as sheet
    on roster.sheet_id = sheet.sheet_id
where roster.period_no is null and sheet.period_from = 'file';

-- One row a sheet: what its headings tell. Only the module says why somebody is not
-- funded, or knows 人编号 and no account; the labour system's list has 技工院校, a level of
-- its own, says who is funded, and knows neither head nor account; a list of applicants
-- names the parent's number and neither an amount nor a decision.
create or replace temp table tmp_roster_sheet as
select
    sheet.sheet_id,
    coalesce(bool_or(heading.column_name = 'enjoyed'), false) as tells_enjoyed,
    coalesce(bool_or(heading.column_name = 'not_enjoyed_reason'), false)
    or (
        coalesce(bool_or(heading.column_name = 'person_no'), false)
        and not coalesce(
            bool_or(
                heading.column_name in ('account_no', 'account_holder', 'review_status')
            ),
            false
        )
    ) as is_module,
    coalesce(bool_or(heading.column_name = 'guardian_id_number'), false)
    and not coalesce(
        bool_or(heading.column_name in ('enjoyed', 'amount_fen', 'review_status')), false
    ) as is_application,
    coalesce(
        bool_or(
            heading.column_name = 'school_name' and heading.heading like '%技工院校%'
        ),
        false
    )
    and coalesce(bool_or(heading.column_name = 'enjoyed'), false)
    and not coalesce(
        bool_or(heading.column_name in ('account_no', 'account_holder', 'head_name')),
        false
    ) as is_technical,
from tmp_sheet as sheet
left join tmp_heading as heading
    on sheet.sheet_id = heading.sheet_id and heading.fate = 'used'
where sheet.source = 'yulu_roster'
group by sheet.sheet_id;

update load_yulu_roster as roster
set
    period_no = coalesce(roster.period_no, sheet.period_no),
    period_no_term = case
        when coalesce(roster.period_no, sheet.period_no) = sheet.period_no
            then coalesce(roster.period_no_term, sheet.period_term)
        else roster.period_no_term
    end,
    is_applied = case
        when roster.review_status is not null then roster.review_status <> '已通过'
        else sheet.is_applied or told.is_application
    end,
    school_level = coalesce(
        roster.school_level, case when told.is_technical then '技工' end
    ),
    amount_fen = coalesce(roster.amount_fen, roster.enjoyed_fen),
    -- in a system's list of all students an empty cell means: not funded; in a roster
    -- it means nothing
    enjoyed = case
        when
            told.tells_enjoyed and (told.is_module or told.is_technical)
            then coalesce(roster.enjoyed, coalesce(roster.amount_fen, 0) > 0)
        else roster.enjoyed
    end
from tmp_sheet as sheet
inner join tmp_roster_sheet as told on sheet.sheet_id = told.sheet_id
where sheet.sheet_id = roster.sheet_id;

update load_yulu_roster
set hold_code = 'ING_NO_PERIOD'
where hold_code is null and period_no is null and coalesce(enjoyed, true);

-- Sex written 1 or 2 is never trusted: one old system means it the other way round. The
-- seventeenth digit of the numbers on the sheet decides.
create or replace temp table tmp_sex as
select
    sheet_id,
    count(*) filter (where is_alike) as same,
    count(*) filter (where not is_alike) as opposite,
from (
    select
        sheet_id,
        -- a damaged number is no witness for either meaning
        case
            when id_number_form in ('id18', 'id15', 'disability', 'student_no')
                then
                    (sex = '男')
                    = (try_cast(substr(id_number_pid, 17, 1) as integer) % 2 = 1)
        end as is_alike,
    from load_yulu_roster
    where regexp_full_match(raw_sex, '[12](\.0)?')
) as coded
group by sheet_id;

update load_yulu_roster as roster
set
    sex = case
        when told.same > 0 and told.same >= 3 * told.opposite then roster.sex
        when told.opposite >= 10 and told.opposite >= 3 * told.same
            then case roster.sex when '男' then '女' else '男' end
    end
from tmp_sex as told
where
    told.sheet_id = roster.sheet_id
    and regexp_full_match(roster.raw_sex, '[12](\.0)?');

insert into tmp_issue (sheet_id, column_name, issue_code, detail)
select
    sheet_id,
    'sex' as column_name,
    case
        when opposite >= 10 and opposite >= 3 * same then 'ING_SEX_SWAPPED'
        else 'ING_SEX_UNSURE'
    end as issue_code,
    '' as detail,
from tmp_sex
where same = 0 or same < 3 * opposite;

drop table tmp_sex;

-- What the county's own rosters cover, by period and township; the labour system lists
-- other students, so it speaks of single people only.
create or replace temp table tmp_own_roster as
select distinct
    roster.period_no,
    roster.period_no_term,
    roster.township_key,
from load_yulu_roster as roster
inner join tmp_roster_sheet as told on roster.sheet_id = told.sheet_id
where
    not told.is_module
    and not told.is_technical
    and roster.hold_code is null
    and coalesce(roster.enjoyed, true);

create or replace temp table tmp_own_student as
select
    roster.period_no,
    roster.id_number_pid,
    bool_and(told.is_technical) as is_technical,
from load_yulu_roster as roster
inner join tmp_roster_sheet as told on roster.sheet_id = told.sheet_id
where
    not told.is_module
    and roster.hold_code is null
    and coalesce(roster.enjoyed, true)
    and roster.id_number_pid is not null
group by roster.period_no, roster.id_number_pid;

-- A row is no roster row when it says that the student is not funded; a system's row
-- neither when the county's roster speaks of that period and place, or when a newer
-- list says the same of the student: one funding is one row.
create or replace temp table tmp_set_apart as
select
    roster.sheet_id,
    roster.row_no,
from load_yulu_roster as roster
inner join tmp_roster_sheet as told on roster.sheet_id = told.sheet_id
where
    roster.hold_code is null
    and (
        not coalesce(roster.enjoyed, true)
        or (
            told.is_module
            and exists (
                select 1
                from tmp_own_roster as own
                where
                    own.period_no = roster.period_no
                    and coalesce(own.period_no_term = roster.period_no_term, true)
                    and coalesce(own.township_key = roster.township_key, true)
            )
        )
        or (
            (told.is_module or told.is_technical)
            and exists (
                select 1
                from tmp_own_student as own
                where
                    own.period_no = roster.period_no
                    and own.id_number_pid = roster.id_number_pid
                    and (told.is_module or not own.is_technical)
            )
        )
    );

insert into tmp_issue (sheet_id, issue_code, detail)
select
    roster.sheet_id,
    'ING_NOT_IN_ROSTER' as issue_code,
    count(distinct coalesce(roster.id_number_pid, roster.row_no::varchar)) || '人'
        as detail,
from load_yulu_roster as roster
inner join tmp_set_apart as apart
    on roster.sheet_id = apart.sheet_id and roster.row_no = apart.row_no
left join tmp_own_student as own
    on
        roster.period_no = own.period_no
        and roster.id_number_pid = own.id_number_pid
where coalesce(roster.enjoyed, true) and own.id_number_pid is null
group by roster.sheet_id;

insert into tmp_set_apart
select
    ranked.sheet_id,
    ranked.row_no,
from (
    select
        roster.sheet_id,
        roster.row_no,
        sheet.snapshot_on < max(sheet.snapshot_on) over (
            partition by roster.id_number_pid, roster.period_no, roster.period_no_term
        ) as is_older,
    from load_yulu_roster as roster
    inner join tmp_roster_sheet as told on roster.sheet_id = told.sheet_id
    inner join tmp_sheet as sheet on roster.sheet_id = sheet.sheet_id
    left join tmp_set_apart as apart
        on roster.sheet_id = apart.sheet_id and roster.row_no = apart.row_no
    where
        (told.is_module or told.is_technical)
        and roster.hold_code is null
        and roster.id_number_pid is not null
        and apart.sheet_id is null
) as ranked
where ranked.is_older;

insert into load_yulu_module by name
select roster.*
from load_yulu_roster as roster
inner join tmp_set_apart as apart
    on roster.sheet_id = apart.sheet_id and roster.row_no = apart.row_no;

delete from load_yulu_roster as roster
using tmp_set_apart as apart
where roster.sheet_id = apart.sheet_id and roster.row_no = apart.row_no;

drop table tmp_roster_sheet;
drop table tmp_own_roster;
drop table tmp_own_student;
drop table tmp_set_apart;
