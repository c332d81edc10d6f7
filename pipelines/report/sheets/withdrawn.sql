-- One row per question that a team need not ask any more, tonight's first.
select
    withdrawn.audience,
    withdrawn.township,
    withdrawn.village,
    withdrawn.finding_no,
    withdrawn.name,
    withdrawn.title,
    word.title as why,
    withdrawn.asked_on,
    withdrawn.left_on
from out_withdrawn as withdrawn
left join out_word as word
    on word.list = 'left_because' and word.word = withdrawn.left_because
order by
    withdrawn.township, withdrawn.audience, withdrawn.village nulls first,
    withdrawn.left_on desc, withdrawn.finding_no;
