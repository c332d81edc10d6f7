-- Absence needs proof (spec section 4): where, for what and why an export may be taken
-- to be whole. Findings that rest on something not being there need `is_covered`.

-- One row per sheet whose stated head count (its 合计 line, its name) is not its rows.
create or replace table lnk_miscounted as
select distinct
    file,
    coalesce(sheet, '') as sheet
from ing_sheet
where stated_rows is not null and counted_rows is not null and stated_rows <> counted_rows

union

-- a count in the file's name, where no sheet states its own
select distinct
    sheet.file,
    coalesce(sheet.sheet, '') as sheet
from ing_sheet as sheet
inner join (
    select
        ing_file.file,
        min(ing_file.stated_rows) as stated_rows,
        sum(counted.counted_rows) as counted_rows
    from ing_file
    inner join ing_sheet as counted on counted.file = ing_file.file
    group by ing_file.file
    having count(counted.stated_rows) = 0
) as whole on whole.file = sheet.file
where whole.stated_rows <> whole.counted_rows;

-- One row per source that a file refused or still growing tonight belongs to. A file of
-- unknown source proves nothing by itself: a missing export shows in the rows, as a
-- township absent or shrunken; otherwise one stray document would silence the county.
create or replace table lnk_unread as
select distinct unnest(sources) as source
from ing_file
where outcome in ('refused', 'left') and sources is not null;

-- One row per source of which a sheet is held because a heading is in doubt: its rows
-- are there and not known, so nobody of that source can be said to be missing.
create or replace table lnk_doubted as
select distinct source
from ing_sheet
where hold_code is not null;

-- One row per person or subject that a source names in a township tonight (null:
-- township unknown), with the period (null: undated source), the snapshot's date and
-- whether the sheet it stands in was miscounted.
create or replace table lnk_present as
select
    'monitored_person' as source,
    null as period_no,
    township.township,
    known.person_key as subject_key,
    known.snapshot_on,
    known.is_current,
    miscounted.file is not null as is_miscounted
from lnk_known as known
inner join stg_monitored_person as row_ on row_.row_id = known.row_id
left join lnk_township as township on township.township_key = known.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where known.origin = 'register'

union all

select
    'member_departure' as source,
    null as period_no,
    township.township,
    known.person_key as subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_known as known
inner join stg_member_departure as row_ on row_.row_id = known.row_id
left join lnk_township as township on township.township_key = known.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where known.origin = 'departure'

union all

select
    'yulu_roster' as source,
    link.period_no,
    coalesce(township.township, subject.township) as township,
    link.subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_roster as link
inner join stg_yulu_roster as row_ on row_.row_id = link.row_id
inner join lnk_row as line on line.row_id = link.row_id
inner join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = line.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.period_no is not null

union all

select
    'yulu_payment' as source,
    link.period_no,
    coalesce(subject.township, township.township) as township,
    link.subject_key,
    null as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_payment as link
inner join stg_yulu_payment as row_ on row_.row_id = link.row_id
inner join lnk_transfer as transfer on transfer.row_id = link.row_id
inner join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = transfer.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.period_no is not null and coalesce(row_.is_yulu, true)

union all

-- what describes now, and the school registers' answers for a period
select
    'monitored_job' as source,
    null as period_no,
    coalesce(subject.township, township.township) as township,
    coalesce(link.subject_key, cast(link.row_id as varchar)) as subject_key,
    row_.snapshot_on,
    coalesce(row_.is_current, true) as is_current,
    miscounted.file is not null as is_miscounted
from lnk_list as link
inner join stg_monitored_job as row_ on row_.row_id = link.row_id
left join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = row_.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.source = 'monitored_job'

union all

select
    'graduate_destination' as source,
    null as period_no,
    coalesce(subject.township, township.township) as township,
    coalesce(link.subject_key, cast(link.row_id as varchar)) as subject_key,
    row_.snapshot_on,
    -- an older list still names the graduates that no newer one does
    coalesce(row_.is_current, true) as is_current,
    miscounted.file is not null as is_miscounted
from lnk_list as link
inner join stg_graduate_destination as row_ on row_.row_id = link.row_id
left join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = row_.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.source = 'graduate_destination'

union all

select distinct
    'school_register' as source,
    period.period_no,
    coalesce(subject.township, township.township) as township,
    coalesce(link.subject_key, cast(link.row_id as varchar)) as subject_key,
    cast(null as date) as snapshot_on,
    true as is_current,
    miscounted.file is not null as is_miscounted
from lnk_list as link
inner join stg_school_register as row_ on row_.row_id = link.row_id
inner join ref_period as period
    on
        period.school_year = row_.period_no
        and coalesce(period.term = row_.period_no_term, true)
left join lnk_subject as subject on subject.subject_key = link.subject_key
left join lnk_township as township on township.township_key = row_.township_key
left join lnk_miscounted as miscounted
    on miscounted.file = row_.file and miscounted.sheet = coalesce(row_.sheet, '')
where link.source = 'school_register';
