-- One row per piece of the difference, with the finding or the reason that stands for it.
select
    piece.period_no as period,
    piece.township,
    piece.name,
    piece.subject_id,
    step.title as step,
    part.title as part,
    piece.fen / 100 as piece_yuan,
    piece.finding_no,
    coalesce(rule.title, piece.reason) as reason
from out_money_piece as piece
left join out_word as step on step.list = 'money_step' and step.word = piece.step
left join out_word as part on part.list = 'money_part' and part.word = piece.part
left join ref_rule as rule
    on rule.rule_code = piece.rule_code and piece.finding_no is not null
order by
    period, piece.township, piece.subject_key, piece.step, piece.rule_code nulls last,
    piece.reason nulls first, piece.finding_no;
