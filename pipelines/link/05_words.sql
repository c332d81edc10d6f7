-- Words of this stage. None of them reads a table.

-- Enough digits of a cut number to be evidence: the area and a birth year that can be.
-- 1.4093E+17 keeps too few, and 142230000000000000 is a placeholder.
create or replace macro is_kept(kept) as coalesce(
    regexp_full_match(kept, '[0-9]{10,17}') and substr(kept, 7, 2) in ('19', '20'),
    false
);

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
