-- What only a person can settle about links, and what people settled so far.

-- One row per answer ever taken: what it says in words, and what became of it.
create or replace table out_decision as
with met as (
    select
        answer.decision_key,
        -- the person who was picked, or all of those who were listed
        bool_and(answer.lapse is not null) as is_lapsed,
        min(answer.lapse) as lapse,
        bool_or(verdict.verdict = 'conflict') as is_conflict,
        bool_or(verdict.verdict = 'two_people') as is_two_people,
        bool_or(
            verdict.verdict is not null
            and verdict.verdict not in ('conflict', 'two_people')
            and verdict.verdict <> answer.verdict
        ) as is_replaced
    from lnk_answer as answer
    inner join ret_decision as decision on decision.decision_key = answer.decision_key
    left join lnk_verdict as verdict
        on
            verdict.line_key = answer.line_key
            and verdict.person_key = answer.person_key
            and answer.lapse is null
    where decision.answer <> 'same' or answer.place = decision.pick
    group by answer.decision_key
)

select
    decision.decision_key,
    decision.question_no,
    case
        when decision.answer = 'same' and len(decision.candidates) > 1
            then '是候选' || decision.pick
        when decision.answer = 'same' then '同一人'
        when decision.answer = 'none' and len(decision.candidates) > 1 then '都不是'
        when decision.answer = 'none' then '不是同一人'
        else '无法确定'
    end as answer,
    case
        when met.is_lapsed then '已失效：' || why.title || '，需要时会重新询问'
        when met.is_conflict then '冻结：答复互相矛盾，谁也没有关联，请核实后写明日期重新认定'
        when met.is_two_people
            then '冻结：同一条名册记录被认定为两个人，请核实后写明日期重新认定'
        when met.is_replaced then '已被后来的答复取代'
        when decision.answer = 'unknown' then '已记录：无法确定，不再重复询问'
        else '已采用'
    end as fate,
    decision.decided_by,
    decision.decided_on,
    decision.note,
    decision.roster_side,
    decision.register_side,
    decision.taken_on,
    decision.line_key
from ret_decision as decision
left join met on met.decision_key = decision.decision_key
left join out_word as why on why.list = 'lapse' and why.word = met.lapse;

-- The first places of a list, and how many there are.
create or replace macro out_places(places) as (
    array_to_string(list_slice(places, 1, 2), '；')
    || case when len(places) > 2 then ' 等' || len(places) || '处' else '' end
);

-- One row per question that is put tonight.
create or replace table out_question as
with row_ as (
    select
        question_no,
        unnest(row_ids) as row_id
    from fnd_question
),

person as (
    select
        question_no,
        unnest(list_transform(candidates, lambda c: struct_extract(c, 'person_key'))) as person_key
    from fnd_question
),

amount as (
    select
        row_.question_no,
        sum(roster.amount_fen) / 100 as yuan,
        list(
            regexp_replace(out_row.file, '^.*/', '') || '!' || out_row.sheet || '!'
            || out_row.row_no
            order by out_row.file, out_row.sheet, out_row.row_no
        ) as roster_rows
    from row_
    inner join stg_yulu_roster as roster on roster.row_id = row_.row_id
    inner join out_row on out_row.row_id = row_.row_id
    group by row_.question_no
),

registered as (
    select
        person.question_no,
        list(
            regexp_replace(out_row.file, '^.*/', '') || '!' || out_row.sheet || '!'
            || out_row.row_no
            order by out_row.file, out_row.sheet, out_row.row_no
        ) as register_rows
    from person
    inner join lnk_person as known on known.person_key = person.person_key
    inner join out_row on out_row.row_id = known.row_id
    group by person.question_no
),

cell as (
    select
        finding_no,
        unnest(evidence).row_id as row_id
    from fnd_finding
    where state not in ('closed', 'waived') and evidence is not null
),

hanging as (
    select
        row_.question_no,
        cell.finding_no
    from row_
    inner join cell on cell.row_id = row_.row_id

    union

    select
        person.question_no,
        finding.finding_no
    from person
    inner join fnd_finding as finding on finding.subject_key = person.person_key
    where finding.state not in ('closed', 'waived') and finding.subject_kind = 'person'
),

counted as (
    select
        question_no,
        count(*) as findings,
        array_to_string(list_slice(list(finding_no order by finding_no), 1, 4), '、')
            as finding_nos
    from hanging
    group by question_no
),

said as (
    select
        line_key,
        string_agg(
            concat_ws(
                ' ', coalesce(decided_by, '（没有写认定人）'),
                coalesce(strftime(decided_on, '%Y-%m-%d'), '（没有写日期）'),
                '认定“' || answer || '”'
            ),
            '；' order by decided_on nulls first, answer, decided_by
        ) as answers
    from out_decision
    where fate like '冻结%'
    group by line_key
),

-- the sentence of the evidence in two halves: for, and what there is to doubt
told as (
    select
        question.question_no,
        sentence.sentence,
        json_extract_string(question.evidence, '$.for') <> '[]' as has_for,
        strpos(sentence.sentence, '；但') as cut
    from fnd_question as question
    inner join lnk_sentence as sentence on sentence.evidence = question.evidence
)

select
    question.question_no,
    question.township,
    question.village,
    question.roster_side,
    question.register_side,
    concat_ws(
        chr(10),
        '【答复不一致，已冻结】' || said.answers,
        case
            when told.cut > 0 then '支持：' || substr(told.sentence, 1, told.cut - 1)
            when told.has_for then '支持：' || told.sentence
        end,
        case
            when told.cut > 0 then '存疑：' || substr(told.sentence, told.cut + 2)
            when not told.has_for then '存疑：' || told.sentence
        end
    ) as why,
    concat_ws(
        chr(10),
        question.periods || '学年',
        printf('%d 元', cast(coalesce(amount.yuan, 0) as bigint)),
        case
            when counted.findings > 4
                then counted.findings || ' 个问题：' || counted.finding_nos || ' 等'
            when counted.findings > 0
                then counted.findings || ' 个问题：' || counted.finding_nos
        end
    ) as stake,
    concat_ws(
        chr(10),
        '名册 ' || out_places(amount.roster_rows),
        '系统 ' || out_places(registered.register_rows)
    ) as origin,
    len(question.candidates) as candidates,
    coalesce(amount.yuan, 0) as yuan,
    question.is_frozen
from fnd_question as question
left join amount on amount.question_no = question.question_no
left join registered on registered.question_no = question.question_no
left join counted on counted.question_no = question.question_no
left join said on said.line_key = question.line_key
left join told on told.question_no = question.question_no;

-- One row per row that came back, for the receipt of its file.
create or replace table out_returned as
select
    returned.file,
    coalesce(nullif(returned.sheet, ''), '（文本）') || ' 第' || returned.row_no || '行'
        as place,
    coalesce(returned.question_no, returned.shown_number) as number,
    case returned.outcome
        when 'taken' then '采用' when 'blank' then '没有填' else '没有采用'
    end as outcome,
    returned.said,
    returned.decided_by,
    returned.decided_on,
    decision.fate,
    case
        when returned.reason is not null then returned.reason
        when
            count(*) over (partition by returned.decision_key) > 1
            and returned.outcome = 'taken'
            then concat_ws('；', returned.notices, '同一答复收到不止一次，只计一次')
        else returned.notices
    end as told,
    returned.sheet,
    returned.row_no,
    case returned.outcome when 'refused' then 1 when 'taken' then 2 else 3 end as rank
from ret_row as returned
left join out_decision as decision on decision.decision_key = returned.decision_key;
