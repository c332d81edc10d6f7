-- One row = one school name as written on a roster or in the school register, with the
-- key that other names of the same school share, and what kind of school it is.
with written as (
    select distinct school_name as written
    from stg_yulu_roster
    where school_name is not null

    union

    select distinct school_name as written
    from stg_school_register
    where school_name is not null
),

known as (
    select
        school_key(school_seen) as written_key,
        min(school_key(school)) as school_key,
        min(school) as school_name,
        min(kind) as kind
    from ref_school
    group by school_key(school_seen)
),

keyed as (
    select
        written,
        school_key(written) as bare_key
    from written
),

named as (
    select
        keyed.written,
        coalesce(known.school_key, keyed.bare_key) as school_key,
        known.kind as known_kind,
        known.school_name as known_name
    from keyed
    left join known on known.written_key = keyed.bare_key
),

-- the first word that the name contains tells the kind
judged as (
    select
        named.*,
        first(word.kind order by word.rank) as word_kind
    from named
    left join ref_school_word as word
        on
            contains(named.school_key, word.word)
            and not (
                word.unless is not null and regexp_matches(named.school_key, word.unless)
            )
    group by named.written, named.school_key, named.known_kind, named.known_name
)

select
    written,
    school_key,
    known_name,
    coalesce(known_kind, word_kind) as kind
from judged
