-- One row per file found: read, or why not and what to do.
select
    file.file,
    outcome.title as outcome,
    file.issue_code,
    coalesce(issue.text, '') as issue_text,
    coalesce(issue.advice, '') as advice,
    file.sniffed_type,
    (
        select string_agg(out_source.title, '、' order by out_source.source_no)
        from out_source
        where list_contains(file.sources, out_source.source)
    ) as sources,
    file.snapshot_on,
    dated_by.title as dated_by,
    file.rows,
    file.stated_rows,
    ledger.accepted,
    ledger.held,
    file.bytes,
    file.sha256
from ing_file as file
left join (
    select
        file,
        count(*) filter (where disposition = 'accepted') as accepted,
        count(*) filter (where disposition = 'held') as held
    from ing_ledger
    group by file
) as ledger on file.file = ledger.file
left join out_issue_type as issue on file.issue_code = issue.issue_code
left join out_word as outcome on file.outcome = outcome.word and outcome.list = 'outcome'
left join out_word as dated_by on file.dated_by = dated_by.word and dated_by.list = 'dated_by'
order by
    case file.outcome when 'refused' then 0 when 'left' then 1 else 2 end,
    file.file;
