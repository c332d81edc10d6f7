-- The lines that would settle unknown headings, each once.
select distinct line from ing_accept
order by line
