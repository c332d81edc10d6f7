/* ---
title      = "证件类型不符"
asks       = "该人登记用的是身份证还是残疾人证？健康状况有没有残疾？"
severity   = "C"
owner      = "village"
subject    = "person"
population = "scope"
needs      = ["monitored_person", "monitored_person.id_type"]
answers    = ["证件类型已更正", "号码已更正", "健康状况已更正", "无法联系"]
proof      = "身份证、残疾人证"
why        = "残疾人证号是20或22位，身份证号是18位，类型要与号码和健康状况一致。"
clause     = "监测系统填报要求"
since      = 2021-09-01
--- */
-- One row = one person in scope, whose kind of document contradicts the number, or the
-- health beside it.
with judged as (
    select
        entry.*,
        stated.id_type,
        concat_ws(
            '，',
            case
                when stated.id_type = '残疾人证' and entry.form in ('id18', 'id15')
                    then '号码是身份证号'
                when stated.id_type <> '残疾人证' and entry.form = 'disability'
                    then '号码是残疾人证号'
            end,
            case
                when
                    stated.id_type = '残疾人证'
                    and shows(entry.columns, 'health')
                    and entry.health is not null
                    and not contains(entry.health, '残疾')
                    then '健康状况为“' || entry.health || '”'
                when stated.id_type <> '残疾人证' and contains(entry.health, '残疾')
                    then '健康状况为“' || entry.health || '”'
            end
        ) as what
    from lnk_entry as entry
    inner join stg_monitored_person as stated on stated.row_id = entry.row_id
    where
        entry.is_in_scope
        and stated.id_type is not null
        and not list_has_any(entry.garbled, ['id_type', 'health'])
)

select
    person_key as subject_key,
    no_text() as period_no,
    first(id_type order by row_id desc) as observed,
    first(what order by row_id desc) as expected,
    0 as yuan_at_stake,
    first(
        register_zh || '证件类型为“' || id_type || '”，但' || what || '。' order by row_id desc
    ) as sentence,
    cells([cell(row_id, 'id_type'), cell(row_id, 'id_number'), cell(row_id, 'health')])
        as evidence,
    no_text() as hold_reason
from judged
where what <> ''
group by person_key
