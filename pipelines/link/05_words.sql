-- Words of this stage. None of them reads a table.

-- Enough digits of a cut number to be evidence: the area and a birth year that can be.
-- 1.4093E+17 keeps too few, and 142230000000000000 is a placeholder.
create or replace macro is_kept(kept) as coalesce(
    regexp_full_match(kept, '[0-9]{10,17}') and substr(kept, 7, 2) in ('19', '20'),
    false
);

-- Typed to fill the cell: one digit throughout, or counted up or down.
create or replace macro is_made_up(number) as coalesce(
    replace(left(number, 17), left(number, 1), '') = ''
    or contains(number, '123456789')
    or contains(number, '987654321'),
    false
);

-- Fifteen digits that are the beginning of eighteen: 142230200503121, read as an old
-- number, would be somebody born in 1920. `pid` is that number completed.
create or replace macro first_fifteen(pid) as left(pid, 6) || substr(pid, 9, 9);

create or replace macro may_be_cut_short(pid) as coalesce(
    substr(pid, 9, 2) in ('19', '20')
    and try_strptime(substr(pid, 9, 8), '%Y%m%d') is not null,
    false
);

-- Two numbers that differ in one field of the birth date alone: null, or which one.
create or replace macro birth_field_off(one, other) as case
    when
        id_birth(one) is null
        or id_birth(other) is null
        or left(one, 6) <> left(other, 6)
        or substr(one, 15, 3) <> substr(other, 15, 3)
        or not (substr(one, 18, 1) = substr(other, 18, 1) or has_good_check(one))
        then null
    when substr(one, 11, 4) = substr(other, 11, 4) then 'year'
    when
        substr(one, 7, 4) = substr(other, 7, 4)
        and substr(one, 13, 2) = substr(other, 13, 2)
        then 'month'
    when substr(one, 7, 6) = substr(other, 7, 6) then 'day'
end;

-- The two digit strings agree as far as the shorter one goes.
create or replace macro agrees(one, other) as (
    left(one, least(length(one), length(other)))
    = left(other, least(length(one), length(other)))
);

-- The key of a subject that no register knows.
create or replace macro own_key(text) as 'x' || left(md5(text), 16);

-- Places are the same when nothing given differs; the village must be given.
create or replace macro same_place(one_town, one_village, other_town, other_village) as (
    one_village = other_village
    and coalesce(one_town = other_town, true)
);

-- A written name without blanks and without a former name in brackets.
create or replace macro plain_name(name) as regexp_replace(
    name, '[（(\[【〔][^）)\]】〕]*[）)\]】〕]?|[\s　]', '', 'g'
);
