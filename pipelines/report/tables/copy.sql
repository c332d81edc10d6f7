-- One line per copy: its mark, whom it went to, on which night.
select
    mark.mark,
    run.as_of,
    mark.book,
    mark.recipient,
    mark.audience,
    mark.township,
    mark.village
from out_mark as mark
cross join run
order by mark.book;
