-- The mark 不享受政策 and what a household's members share.

-- A word inside the row is believed first, then the sheet's title, then the file name.
update load_monitored_person as person
set
    is_policy_off = case
        when person.household_type = '脱贫户（不享受政策）' then true
        when regexp_matches(person.raw_household_type, '享受政策') then false
        else sheet.is_policy_off
    end
from tmp_sheet as sheet
where sheet.sheet_id = person.sheet_id;

-- Facts of a household written for one member only hold for all of them; where two
-- members disagree nothing is filled in. A number that stands in two villages, or for
-- a crowd, is a serial number and no household.
create or replace temp macro shared(x) as case when min(x) = max(x) then min(x) end;

create or replace temp table tmp_household as
select
    person.sheet_id,
    person.household_no,
    shared(person.township) as township,
    shared(person.township_key) as township_key,
    shared(person.village) as village,
    shared(person.village_key) as village_key,
    shared(person.household_type) as household_type,
    shared(person.monitored_category) as monitored_category,
    shared(person.is_risk_done) as is_risk_done,
    shared(person.identified_on) as identified_on,
    shared(person.eliminated_on) as eliminated_on,
    shared(person.head_name) as head_name,
    shared(person.head_name_key) as head_name_key,
    bool_or(person.is_policy_off) as is_policy_off,
from load_monitored_person as person
where person.household_no is not null
group by person.sheet_id, person.household_no
having count(*) between 2 and 30 and count(distinct person.village_key) <= 1;

update load_monitored_person as person
set
    township = coalesce(person.township, household.township),
    township_key = coalesce(person.township_key, household.township_key),
    village = coalesce(person.village, household.village),
    village_key = coalesce(person.village_key, household.village_key),
    household_type = coalesce(person.household_type, household.household_type),
    monitored_category = coalesce(
        person.monitored_category, household.monitored_category
    ),
    is_risk_done = coalesce(person.is_risk_done, household.is_risk_done),
    identified_on = coalesce(person.identified_on, household.identified_on),
    eliminated_on = coalesce(person.eliminated_on, household.eliminated_on),
    head_name = coalesce(person.head_name, household.head_name),
    head_name_key = coalesce(person.head_name_key, household.head_name_key),
    is_policy_off = case
        when person.household_type is null then household.is_policy_off
        else person.is_policy_off
    end
from tmp_household as household
where
    household.sheet_id = person.sheet_id
    and household.household_no = person.household_no;

drop table tmp_household;

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
    from load_monitored_person
    where regexp_full_match(raw_sex, '[12](\.0)?')
) as coded
group by sheet_id;

update load_monitored_person as person
set
    sex = case
        when told.same > 0 and told.same >= 3 * told.opposite then person.sex
        when told.opposite >= 10 and told.opposite >= 3 * told.same
            then case person.sex when '男' then '女' else '男' end
    end
from tmp_sex as told
where
    told.sheet_id = person.sheet_id
    and regexp_full_match(person.raw_sex, '[12](\.0)?');

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
