-- The files that were not read, each with its reason.
select
    file.issue_code,
    shown_name(file.file) as file,
    case
        when position('：' in said.text_zh) > 0
            then substr(said.text_zh, position('：' in said.text_zh) + 1)
    end as why,
from ing_file as file
left join (
    select
        file,
        issue_code,
        min(text_zh) as text_zh,
    from ing_issue
    group by file, issue_code
) as said on file.file = said.file and file.issue_code = said.issue_code
where file.outcome in ('refused', 'left')
order by file.file
