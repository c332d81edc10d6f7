-- One line per question that went out tonight: to whom, in which book.
select
    item.finding_no,
    item.audience,
    item.township,
    item.village,
    book.book,
    item.rule_code,
    item.severity,
    item.yuan_at_stake,
    item.change,
    item.asked_on,
    item.due_on
from out_item as item
left join out_book as book
    on
        item.audience = book.audience
        and item.township = book.township
        and (item.audience = 'township' or item.village = book.village)
where item.standing in ('out', 'county')
order by item.finding_no
