-- One row per sheet read: every physical row accounted for, and the headings not used.
select
    sheet.file,
    sheet.sheet,
    out_source.title as source,
    sheet.is_hidden,
    sheet.period_no,
    ledger.lines,
    ledger.accepted,
    ledger.held,
    ledger.duplicate,
    ledger.superseded,
    ledger.title,
    ledger.heading,
    ledger.total,
    ledger.note,
    ledger.blank,
    heading.unused
from ing_sheet as sheet
left join out_source on sheet.source = out_source.source
left join (
    select
        file,
        sheet,
        count(*) as lines,
        count(*) filter (where disposition = 'accepted') as accepted,
        count(*) filter (where disposition = 'held') as held,
        count(*) filter (where disposition = 'duplicate') as duplicate,
        count(*) filter (where disposition = 'superseded') as superseded,
        count(*) filter (where disposition = 'title') as title,
        count(*) filter (where disposition = 'heading') as heading,
        count(*) filter (where disposition = 'total') as total,
        count(*) filter (where disposition = 'note') as note,
        count(*) filter (where disposition = 'blank') as blank
    from ing_ledger
    group by file, sheet
) as ledger on sheet.file = ledger.file and sheet.sheet = ledger.sheet
left join (
    select
        file,
        sheet,
        string_agg(heading, '、' order by column_no) as unused
    from ing_heading
    where fate in ('unknown', 'duplicate')
    group by file, sheet
) as heading on sheet.file = heading.file and sheet.sheet = heading.sheet
order by sheet.file, sheet.sheet_no;
