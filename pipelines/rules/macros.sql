-- noqa: disable=all
-- (its grammar does not know macros)
-- Words and small conditions that the rules share. None of them reads a table.

-- One source cell that a rule compared.
create or replace macro cell(row_id, field) as
    {'row_id': cast(row_id as bigint), 'field': cast(field as varchar)};

-- All cells of a group of rows, each once, in a total order.
create or replace macro cells(lists) as list_sort(list_distinct(flatten(list(lists))));

create or replace macro no_text() as cast(null as varchar);

-- The unit by which a period is paid.
create or replace macro unit_zh(period_no) as
    case when length(period_no) > 9 then '学期' else '学年' end;

create or replace macro register_zh(snapshot_on) as
    '监测系统（' || day_zh(snapshot_on) || '导出）';

create or replace macro roster_zh(period_no, listed_on, is_applied) as
    case when is_applied then '雨露申报名册（' else '雨露名册（' end
    || period_zh(period_no) || coalesce('，' || strftime(listed_on, '%Y-%m-%d'), '') || '）';

-- What a cell says, in quotation marks; an empty one says so.
create or replace macro said(value) as coalesce('“' || value || '”', '空白');

create or replace macro yuan_zh(fen) as cast(fen // 100 as varchar) || case
    when fen % 100 = 0 then '' else '.' || right('0' || cast(fen % 100 as varchar), 2)
end || '元';

create or replace macro whole_yuan(fen) as cast(coalesce(fen, 0) // 100 as integer);

-- The date in digits 7 to 14 is one on which somebody alive can have been born.
create or replace macro has_good_date(pid, as_of) as coalesce(
    id_birth(pid) between date '1900-01-01' and as_of, false
);

-- A number that can be somebody's, however it is written.
create or replace macro is_usable(form, pid, as_of) as coalesce(
    form in ('id18', 'id15', 'disability', 'student_no')
    and has_good_check(pid) and has_good_date(pid, as_of),
    false
);

-- The halves of a school year that a row stands for: a row without a term, both.
-- Where the policy pays by term, the period itself is the unit.
create or replace macro halves(period_term, row_term) as case
    when period_term is not null then [period_term]
    when row_term is not null then [row_term]
    else [1, 2]
end;

-- The standard of one half: half of a year's, or the whole of a term's.
create or replace macro half_of(period_term, standard_fen) as
    case when period_term is null then standard_fen // 2 else standard_fen end;

-- The level by which a roster row is paid: 职业高中 is 中职 that some provinces pay apart.
create or replace macro funded_level(level_group, level) as
    case when level_group = 'vocational_senior' then level_group else level end;

-- The row of lnk_standard that a roster row's 办学层次 asks for.
create or replace macro standard_kind(level_group, level, kind) as coalesce(
    funded_level(level_group, level),
    case when kind in ('mixed', 'five_year') then kind end,
    ''
);

-- A name without outer blanks and without a former name in brackets.
create or replace macro bare_name(name) as
    trim(regexp_replace(name, '[（(\[【〔][^）)\]】〕]*[）)\]】〕]?', '', 'g'));

-- Where two texts of equal length differ: 第9、10位.
create or replace macro differing(left_text, right_text) as
    '第' || array_to_string(
        [i for i in range(1, length(left_text) + 1)
        if substr(left_text, i, 1) <> substr(right_text, i, 1)], '、'
    ) || '位';

-- Whether a sheet has a column at all: the silence of one that lacks it says nothing.
create or replace macro shows(columns, name) as coalesce(list_contains(columns, name), true);

-- The sex that digit 17 tells.
create or replace macro id_sex(pid) as case
    when ascii(substr(pid, 17, 1)) % 2 = 1 then '男'
    else '女'
end;

-- What other names of one school have in common: no blanks, brackets, 省市县, campus; a
-- technician college is also called a senior technical school (domain, trap 13).
create or replace macro school_key(name) as regexp_replace(
    regexp_replace(
        regexp_replace(
            regexp_replace(name, '[（(][^）)]*[）)]|[\s　·.]', '', 'g'), '省|市|县', '', 'g'
        ),
        '高级技工学校', '技师学院'
    ),
    '(分校|校区|本部|东校|西校|南校|北校)$', ''
);
