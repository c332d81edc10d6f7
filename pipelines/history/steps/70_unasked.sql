-- One row per question of tonight that never had a number, in an order that tells nobody
-- anything. One that was put before, on whatever night, keeps the number it had.
create or replace temp table his_unasked as
select
    question_key,
    row_number() over (order by sha256(question_key)) as place_no
from lnk_question
where question_key not in (select question_key from his_question);
