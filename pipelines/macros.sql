-- Shared words of the queries; every stage may use them.

-- An identity number as a village may see it: first six, eight stars, last four.
create or replace macro mask_id(id) as case
    when id is null then null
    when length(id) >= 15 then left(id, 6) || repeat('*', length(id) - 10) || right(id, 4)
    when length(id) > 4 then left(id, 2) || repeat('*', length(id) - 4) || right(id, 2)
    else repeat('*', length(id))
end;

create or replace macro mask_phone(phone) as case
    when phone is null then null
    when length(phone) = 11 then left(phone, 3) || '****' || right(phone, 4)
    else repeat('*', length(phone))
end;

create or replace macro mask_account(account) as '尾号' || right(account, 4);

-- Check character of the first seventeen digits (GB 11643).
create or replace macro id_check(id) as substr(
    '10X98765432',
    (
        7 * (ascii(substr(id, 1, 1)) - 48) + 9 * (ascii(substr(id, 2, 1)) - 48)
        + 10 * (ascii(substr(id, 3, 1)) - 48) + 5 * (ascii(substr(id, 4, 1)) - 48)
        + 8 * (ascii(substr(id, 5, 1)) - 48) + 4 * (ascii(substr(id, 6, 1)) - 48)
        + 2 * (ascii(substr(id, 7, 1)) - 48) + 1 * (ascii(substr(id, 8, 1)) - 48)
        + 6 * (ascii(substr(id, 9, 1)) - 48) + 3 * (ascii(substr(id, 10, 1)) - 48)
        + 7 * (ascii(substr(id, 11, 1)) - 48) + 9 * (ascii(substr(id, 12, 1)) - 48)
        + 10 * (ascii(substr(id, 13, 1)) - 48) + 5 * (ascii(substr(id, 14, 1)) - 48)
        + 8 * (ascii(substr(id, 15, 1)) - 48) + 4 * (ascii(substr(id, 16, 1)) - 48)
        + 2 * (ascii(substr(id, 17, 1)) - 48)
    ) % 11 + 1,
    1
);

create or replace macro is_id18(id) as coalesce(
    regexp_full_match(id, '[0-9]{17}[0-9X]'), false
);

create or replace macro has_good_check(id) as case
    when is_id18(id) then id_check(id) = substr(id, 18, 1) else false
end;

-- Birth date in digits 7 to 14; null when they are no date.
create or replace macro id_birth(id) as case
    when is_id18(id) then cast(try_strptime(substr(id, 7, 8), '%Y%m%d') as date)
end;

-- A number that can be somebody's: form, check character and date are right.
create or replace macro is_good_id(id) as (
    has_good_check(id) and id_birth(id) is not null
);

-- Whole years of age on a day.
create or replace macro age_on(birth_on, day) as date_sub('year', birth_on, day);

create or replace macro school_year_start(day) as (
    year(day) - case when month(day) >= 9 then 0 else 1 end
);

-- The Chinese way to write a day, and a month.
create or replace macro day_zh(day) as (
    coalesce(strftime(cast(day as date), '%Y-%m-%d'), '日期不详')
);

-- A file's name as a person may be shown it: a long number in it can be somebody's.
create or replace macro shown_name(path) as (
    regexp_replace(path, '([0-9]{6})[0-9]{9,}[0-9Xx]?', '\1…', 'g')
);

-- 2022-2023 → 2022-2023学年; a term 2022-2023-1 → 2022-2023学年秋季.
create or replace macro period_zh(period_no) as left(period_no, 9) || '学年' || case
    when period_no like '%-1' and length(period_no) > 9 then '秋季'
    when period_no like '%-2' and length(period_no) > 9 then '春季'
    else ''
end;
