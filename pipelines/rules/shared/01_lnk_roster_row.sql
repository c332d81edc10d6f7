-- One row = one roster row with its link, its period, its programme and its standard.
with remarked as (
    -- the standings that a remark names: 已退学，后复学
    select
        roster.row_id,
        list_sort(list(distinct word.register_status)) as statuses
    from stg_yulu_roster as roster
    inner join ref_remark_word as word on contains(roster.remark, word.word)
    group by roster.row_id
),

stopping as (
    select
        period_no,
        list(register_status) as statuses
    from ref_stop
    group by period_no
),

stated as (
    select
        link.row_id,
        link.subject_key,
        link.person_key,
        -- that a person said who it is corrects no number: it is still near, or cut
        case
            when link.tier <> 'decision' then link.tier
            when
                roster.id_number_form = 'cut'
                and length(roster.id_number_kept) >= 10
                and starts_with(link.person_id, roster.id_number_kept)
                then 'id_cut'
            when
                length(roster.id_number_pid) between 15 and 22
                and roster.id_number_pid <> link.person_id
                and damerau_levenshtein(roster.id_number_pid, link.person_id) <= 3
                then 'id_near'
            when roster.id_number_pid = link.person_id then 'id'
            else link.tier
        end as tier,
        link.period_no,
        coalesce(link.is_applied, false) as is_applied,
        -- a file's own time is no date of the list: it changes with every copy
        case when coalesce(file.dated_by, '') <> 'mtime' then roster.snapshot_on end
            as listed_on,
        roster.name,
        roster.name_key,
        roster.id_number,
        roster.id_number_pid as pid,
        roster.id_number_form as form,
        roster.id_number_kept as kept,
        roster.head_name_key,
        roster.head_id_number_pid as head_pid,
        roster.township,
        roster.township_key,
        roster.village,
        roster.village_key,
        roster.school_name,
        roster.amount_fen,
        -- roster facts that only the remark tells (domain section 2.4)
        coalesce(contains(roster.remark, '放弃'), false) as is_waived,
        coalesce(not list_contains(remarked.statuses, '在籍在读'), false) as has_left,
        -- and whether the policy of the period stops or pauses for it
        coalesce(
            not list_contains(remarked.statuses, '在籍在读')
            and list_has_any(remarked.statuses, stopping.statuses),
            false
        ) as is_stopped,
        period.start_year,
        period.starts_on,
        period.ends_on,
        period.reference_on,
        period.term as period_term,
        halves(period.term, link.period_no_term) as halves,
        roster.school_level,
        coalesce(raw.school_level, roster.school_level) as level_written,
        level.level,
        level.kind as level_kind,
        coalesce(
            roster.programme_years, case when level.kind = 'five_year' then 5 end
        ) as programme_years,
        -- 2022级, 22高护3班 is left alone: only the word 级 makes a year of two digits
        coalesce(
            year(roster.entry_on),
            2000 + try_cast(
                regexp_extract(roster.grade, '(?:^|[^0-9])(?:20)?([0-9]{2})\s*级', 1)
                as integer
            )
        ) as entry_year,
        -- graduation in summer ends the school year that began the year before
        year(roster.graduation_on)
        + case when month(roster.graduation_on) > 8 then 1 else 0 end as graduation_year,
        standard_kind(roster.school_level_group, level.level, level.kind)
            as standard_kind,
        exact.amount_fen as exact_fen,
        standard.least_fen,
        standard.most_fen,
        standard.every_fen
    from lnk_roster as link
    inner join stg_yulu_roster as roster on roster.row_id = link.row_id
    left join raw_yulu_roster as raw on raw.row_id = link.row_id
    left join ing_file as file on file.file = roster.file
    left join remarked on remarked.row_id = link.row_id
    left join stopping on stopping.period_no = link.period_no
    left join ref_period as period on period.period_no = link.period_no
    left join ref_school_level as level on level.label = roster.school_level
    left join ref_standard as exact
        on
            exact.period_no = link.period_no
            and exact.level = funded_level(roster.school_level_group, level.level)
    left join lnk_standard as standard
        on
            standard.period_no = link.period_no
            and standard.kind = standard_kind(
                roster.school_level_group, level.level, level.kind
            )
),

programme as (
    select
        *,
        coalesce(programme_years, nullif(greatest(graduation_year - entry_year, 0), 0))
            as years
    from stated
)

select
    *,
    coalesce(entry_year + years, graduation_year) as end_year,
    start_year - entry_year + 1 as year_no,
    -- null when the roster does not say when the programme ends
    start_year + 1 >= coalesce(entry_year + years, graduation_year) as is_final,
    -- 技工 may be two levels: what is at stake is at least the lowest standard
    coalesce(exact_fen, least_fen) as standard_fen,
    half_of(period_term, coalesce(exact_fen, least_fen)) as half_fen,
    list_transform(
        case when exact_fen is null then every_fen else [exact_fen] end,
        lambda fen: half_of(period_term, fen) * len(halves)
    ) as allowed_fen
from programme
