-- 文件回执: what arrived and what became of it, for the operator. Files that were not read
-- stand together by reason, so that a folder of three hundred bad ones still reads on a
-- page; every sheet of a file that was read has a line of its own. The sheet of the
-- workbook and `yulu check` both show this table.

-- ····· files that were not read, by reason ·····
create or replace temp table tmp_not_read as
with said as (
    select
        file.file,
        file.outcome,
        coalesce(file.issue_code, '') as issue_code,
        (
            select min(issue.text_zh)
            from ing_issue as issue
            where issue.file = file.file and issue.issue_code = file.issue_code
        ) as text_zh,
        (
            select min(issue.advice_zh)
            from ing_issue as issue
            where issue.file = file.file and issue.issue_code = file.issue_code
        ) as advice_zh,
        (
            select min(other.file)
            from ing_file as other
            where other.sha256 = file.sha256 and other.outcome <> 'duplicate'
        ) as same_as
    from ing_file as file
    where file.outcome not in ('read', 'unchanged')
),

named as (
    select
        *,
        -- the name alone is known best; its folder is told where it is the only one
        regexp_extract(file, '[^/]*$') as short,
        row_number() over (partition by outcome, issue_code order by file) as turn,
        count(*) over (partition by outcome, issue_code) as files
    from said
)

select
    outcome,
    issue_code,
    min(files) as files,
    case
        when min(files) = 1 then min(shown_name(file))
        else
            string_agg(shown_name(short), '、' order by file) filter (where turn <= 3)
            || case when min(files) > 3 then ' 等' else '，' end
            || '共 ' || min(files) || ' 个'
    end as file,
    case
        when min(files) > 1 then min(split_part(text_zh, '：', 1))
        when outcome = 'duplicate'
            then min(split_part(text_zh, '：', 1)) || '：' || min(shown_name(same_as))
        else min(text_zh)
    end as text_zh,
    min(advice_zh) as advice_zh
from named
group by outcome, issue_code;

-- ····· what was noticed of each sheet, one line a code ·····
create or replace temp table tmp_noticed as
with placed as (
    select
        issue.* exclude (text_zh),
        regexp_replace(issue.text_zh, '\s+', ' ', 'g') as text_zh,
        -- what concerns a whole file is said at its first sheet
        coalesce(issue.sheet, (
            select arg_min(sheet.sheet, sheet.sheet_no)
            from ing_sheet as sheet
            where sheet.file = issue.file and sheet.source is not null
        )) as at_sheet,
        row_number() over (
            partition by issue.file, issue.sheet, issue.issue_code
            order by issue.row_no, length(issue.cell), issue.cell, issue.text_zh
        ) as turn,
        count(*) over (
            partition by issue.file, issue.sheet, issue.issue_code
        ) as times
    from ing_issue as issue
)

select
    file,
    at_sheet as sheet,
    issue_code,
    min(effect) as effect,
    case
        when max(times) = 1
            then
                min(text_zh) || case
                    when min(cell) is null or min(text_zh) like '%' || min(cell) || '%'
                        then ''
                    else '（' || min(cell) || '）'
                end
        when max(times) <= 3 and bool_and(text_zh like '%：%')
            then
                min(split_part(text_zh, '：', 1)) || '：'
                || string_agg(
                    substr(text_zh, position('：' in text_zh) + 1), '；' order by turn
                )
        else
            min(split_part(text_zh, '：', 1)) || ' ' || max(times) || ' 处'
            || coalesce(
                '（' || string_agg(cell, '、' order by turn) filter (where turn <= 3)
                || case when max(times) > 3 then '…）' else '）' end,
                ''
            )
    end as text_zh,
    arg_min(advice_zh, turn) as advice_zh
from placed
group by file, at_sheet, issue_code;

create or replace temp table tmp_sheet_said as
select
    file,
    sheet,
    string_agg(
        text_zh, '；'
        order by effect <> 'stop', effect <> 'hold', issue_code
    ) as noticed,
    arg_min(
        advice_zh,
        (effect <> 'stop', effect <> 'hold', advice_zh like '不用处理%', issue_code)
    ) as advice_zh,
    bool_or(advice_zh not like '不用处理%') as is_to_do
from tmp_noticed
group by file, sheet;

-- ····· rows by fate ·····
create or replace temp table tmp_fate as
select
    file,
    sheet,
    count(*) filter (where disposition = 'accepted') as accepted,
    count(*) filter (where disposition = 'held') as held,
    count(*) filter (where disposition = 'duplicate') as duplicate,
    count(*) filter (where disposition = 'superseded') as superseded,
    count(*) filter (
        where disposition not in ('accepted', 'held', 'duplicate', 'superseded')
    ) as other,
    count(*) filter (where disposition <> 'blank') as written
from ing_ledger
group by file, sheet;

create or replace table ing_receipt as
with lines as (
    -- an archive has no sheets: each of its members has lines of its own
    select
        6 as place,
        0 as weight,
        shown_name(file.file) as file,
        0 as sheet_no,
        '' as sheet,
        1 as files,
        '已打开' as outcome,
        coalesce(file.issue_code, '') as issue_code,
        '' as taken_for,
        cast(null as date) as snapshot_on,
        '' as dated_by,
        '' as period,
        cast(null as bigint) as accepted,
        cast(null as bigint) as held,
        cast(null as bigint) as duplicate,
        cast(null as bigint) as superseded,
        cast(null as bigint) as other,
        '' as stated,
        coalesce(min(issue.text_zh), '') as noticed,
        coalesce(min(issue.advice_zh), '不用处理。') as todo
    from ing_file as file
    left join ing_issue as issue
        on file.file = issue.file and file.issue_code = issue.issue_code
    where
        file.outcome in ('read', 'unchanged')
        and file.file not in (select sheet.file from ing_sheet as sheet)
    group by file.file, file.issue_code

    union all

    select
        case outcome when 'refused' then 1 when 'left' then 3 else 4 end as place,
        -files as weight,
        file,
        0 as sheet_no,
        '' as sheet,
        files,
        case outcome
            when 'refused' then '没有读' when 'left' then '留待下次' else '重复，没有再读'
        end as outcome,
        issue_code,
        '' as taken_for,
        cast(null as date) as snapshot_on,
        '' as dated_by,
        '' as period,
        cast(null as bigint) as accepted,
        cast(null as bigint) as held,
        cast(null as bigint) as duplicate,
        cast(null as bigint) as superseded,
        cast(null as bigint) as other,
        '' as stated,
        coalesce(text_zh, '') as noticed,
        coalesce(advice_zh, '') as todo
    from tmp_not_read

    union all

    select
        case
            when sheet.hold_code is not null then 2
            when fate.accepted + fate.superseded + fate.duplicate = 0 and fate.held > 0
                then 2
            when sheet.source is null then 7
            when said.is_to_do then 5
            else 6
        end as place,
        0 as weight,
        shown_name(sheet.file) as file,
        sheet.sheet_no,
        sheet.sheet,
        1 as files,
        case
            when sheet.source is null then '不采用'
            when sheet.hold_code is not null then '整表搁置'
            when fate.accepted + fate.superseded + fate.duplicate = 0 and fate.held > 0
                then '整表搁置'
            when fate.held > 0 then '已读，有隔离行'
            when fate.accepted = 0 and fate.superseded > 0 then '已读，已有更新的'
            when fate.accepted = 0 and fate.duplicate > 0 then '与别的表重复'
            else '已读'
        end as outcome,
        coalesce(sheet.hold_code, '') as issue_code,
        coalesce(kind.title, '说明等其他内容') as taken_for,
        case when dated.is_told then sheet.snapshot_on end as snapshot_on,
        case when dated.is_told then dated.by_zh else '' end as dated_by,
        coalesce(
            sheet.period_no || coalesce(case sheet.period_from
                when 'title' then '（标题）' when 'sheet' then '（工作表名）'
                when 'file' then '（文件名）'
            end, ''),
            case when has_periods.file is not null then '见各行' else '' end
        ) as period,
        fate.accepted,
        fate.held,
        fate.duplicate,
        fate.superseded,
        fate.other,
        case
            when sheet.stated_rows is null then ''
            when sheet.stated_rows = sheet.counted_rows then sheet.stated_rows || '，一致'
            else '写' || sheet.stated_rows || '，实有' || sheet.counted_rows
        end as stated,
        concat_ws(
            '；',
            case when sheet.is_hidden then '隐藏的工作表' end,
            case when sheet.hidden_rows > 0 then '隐藏行 ' || sheet.hidden_rows || '（已读）' end,
            case
                when sheet.hidden_columns > 0
                    then '隐藏列 ' || sheet.hidden_columns || '（已读）'
            end,
            case when sheet.is_filtered then '开着筛选（全部行都已读）' end,
            case when sheet.formulas > 0 then '公式 ' || sheet.formulas || ' 格' end,
            case when sheet.tables > 1 then '一张工作表上有 ' || sheet.tables || ' 个表头' end,
            said.noticed
        ) as noticed,
        coalesce(said.advice_zh, '不用处理。') as todo
    from ing_sheet as sheet
    left join ing_source as kind on sheet.source = kind.source
    cross join
        lateral (
            select
            -- when a roster's file was last saved says nothing
                kind.source is not null
                and (kind.is_snapshot or sheet.dated_by in ('title', 'name')) as is_told,
                coalesce(case sheet.dated_by
                    when 'title' then '表内' when 'name' then '文件名'
                    when 'mtime' then '文件时间'
                end, '') as by_zh
        ) as dated
    left join tmp_fate as fate on sheet.file = fate.file and sheet.sheet = fate.sheet
    left join tmp_sheet_said as said on sheet.file = said.file and sheet.sheet = said.sheet
    left join (
        select distinct
            file,
            sheet
        from ing_heading
        where column_name = 'period_no' and fate = 'used'
    ) as has_periods on sheet.file = has_periods.file and sheet.sheet = has_periods.sheet
    -- an empty sheet beside a full one is no news
    where sheet.source is not null or fate.written > 0
)

select
    row_number() over (order by place, weight, file, sheet_no, issue_code) as receipt_no,
    * exclude (weight, sheet_no)
from lines
order by receipt_no;

drop table tmp_not_read;
drop table tmp_noticed;
drop table tmp_sheet_said;
drop table tmp_fate;
