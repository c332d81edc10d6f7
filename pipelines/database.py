"""The work database of one night: in memory, and what does not fit there on disk."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb

from pipelines.settings import ROOT, Settings
from schemas import codes, periods, reference
from schemas.policy import Policy, declared

MACROS = ROOT / "pipelines" / "macros.sql"


def open_work(work: Path, settings: Settings) -> duckdb.DuckDBPyConnection:
    """A fresh work database whose spill files stay in ``work``; nothing is downloaded.

    Nobody opens it again: a file of its own would only be written and thrown away,
    which cost a quarter of the time that its tables take.
    """
    con = duckdb.connect(
        ":memory:",
        config={
            "threads": settings.threads,
            "memory_limit": f"{settings.memory_mib}MiB",
            "temp_directory": str(work / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
            "python_enable_replacements": "false",
        },
    )
    con.execute("set TimeZone = 'UTC'")
    run_sql_file(con, MACROS)
    return con


def run_sql_file(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run every statement of a file; an error names the file, never a value."""
    con.execute(path.read_text(encoding="utf-8"))


def load_reference(
    con: duckdb.DuckDBPyConnection,
    settings: Settings,
    as_of: date,
    policy: Policy | None = None,
) -> None:
    """Fill the ``ref_`` tables: periods, standards, code lists, places, settings.

    ``policy``: null for what is declared, or rows that somebody imagines.
    """
    county = settings.county_code
    load_policy(con, settings, as_of, policy or declared())
    areas = sorted(reference.area_codes() | set(settings.known_areas))
    _fill(con, "ref_area", "area_code varchar", [(code,) for code in areas])
    _fill(
        con,
        "ref_school",
        "school_seen varchar, school varchar, kind varchar",
        [tuple(school) for school in reference.schools()],
    )
    _fill(
        con,
        "ref_school_word",
        "rank integer, word varchar, unless varchar, kind varchar",
        [tuple(word) for word in reference.school_words()],
    )
    _fill(
        con,
        "ref_remark_word",
        "word varchar, register_status varchar",
        list(reference.remark_words()),
    )
    _fill(
        con,
        "ref_study_word",
        "word varchar, study_form varchar",
        list(reference.study_words()),
    )
    _fill_code_tables(con)
    _fill(
        con,
        "ref_place",
        "township varchar, township_key varchar, village varchar, "
        "village_key varchar, origin varchar",
        [tuple(place) for place in reference.places(county)],
    )
    _fill(
        con,
        "ref_place_alias",
        "township_seen_key varchar, village_seen_key varchar, township varchar, "
        "village varchar, valid_from date",
        [tuple(alias) for alias in reference.place_aliases(county)],
    )
    load_settings(con, settings)


def load_settings(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """Fill ``ref_setting`` and ``ref_load``: thresholds, what teams can carry."""
    numbers = vars(settings.limits) | settings.visits.numbers
    numbers = numbers | {"deadline_days": settings.deadline_days}
    _fill(con, "ref_setting", "name varchar, value double", sorted(numbers.items()))
    declared = settings.visits.doors
    doors = [(place, declared[place]) for place in sorted(declared)]
    _fill(con, "ref_load", "place varchar, doors double", [*doors])


def load_policy(
    con: duckdb.DuckDBPyConnection, settings: Settings, as_of: date, policy: Policy
) -> None:
    """Fill the ``ref_`` tables that policy decides, each period by its own day."""
    province, county = settings.province, settings.county_code
    found = periods.funding_periods(
        province, as_of, policy=policy, told_whole=_told_whole(con)
    )
    _fill(
        con,
        "ref_period",
        "period_no varchar, school_year varchar, start_year integer, term integer, "
        "starts_on date, ends_on date, reference_on date, previous_no varchar, "
        "grace_until date",
        [
            (
                p.period_no,
                p.school_year,
                p.start_year,
                p.term,
                p.starts_on,
                p.ends_on,
                p.reference_on,
                p.previous_no or None,
                p.grace_until,
            )
            for p in found
        ],
    )
    # the row without a period is tonight's
    now = next((p for p in reversed(found) if p.starts_on <= as_of), None)
    _fill(
        con,
        "ref_policy",
        "period_no varchar, risk_mode varchar, is_reference_decided boolean",
        [(p.period_no, p.risk_mode, p.is_reference_decided) for p in found]
        + [(None, periods.risk_mode(province, as_of, policy), True)],
    )
    _fill(
        con,
        "ref_unit",
        "unit_zh varchar",
        [("学年" if now is None or now.term is None else "学期",)],
    )
    _fill(
        con,
        "ref_standard",
        "period_no varchar, level varchar, amount_fen bigint, document varchar",
        [
            (s.period_no, s.level, s.amount_fen, s.document)
            for s in periods.standards(province, county, found, policy=policy)
        ],
    )
    _fill(
        con,
        "ref_level",
        "period_no varchar, level varchar",
        list(periods.funded_levels(province, found, policy=policy)),
    )
    _fill(
        con,
        "ref_stop",
        "period_no varchar, register_status varchar, effect varchar",
        [
            (p.period_no, status, row["effect"])
            for p in found
            for status, row in policy.decided(
                "stop", "register_status", province, p.reference_on
            ).items()
        ],
    )
    forms = policy.decided("study_form", "study_form", province, as_of)
    _fill(
        con,
        "ref_study_form",
        "study_form varchar, is_funded boolean",
        [(form, row["is_funded"] == "yes") for form, row in forms.items()],
    )
    clauses = policy.decided("clause", "topic", province, as_of)
    _fill(
        con,
        "ref_clause",
        "topic varchar, clause varchar",
        [(topic, row["clause"]) for topic, row in clauses.items()],
    )
    _fill_limits(con, policy, province, as_of)


def _told_whole(con: duckdb.DuckDBPyConnection) -> list[str]:
    """The school years whose roster rows mostly name no term; none before reading."""
    if not con.execute(
        "select 1 from duckdb_tables() where table_name = 'stg_yulu_roster'"
    ).fetchall():
        return []
    rows = con.execute(
        "select period_no from stg_yulu_roster where period_no is not null "
        "group by period_no having count(*) > 2 * count(period_no_term) "
        "order by period_no"
    ).fetchall()
    return [row[0] for row in rows]


def _fill_limits(
    con: duckdb.DuckDBPyConnection, policy: Policy, province: str, as_of: date
) -> None:
    """Ages, days and counts that rules compare with, as policy has them today."""
    limits = policy.decided("limit", "name", province, as_of)
    _fill(
        con,
        "ref_limit",
        "name varchar, value double, document varchar",
        [(k, float(row["value"]), row["document"]) for k, row in limits.items()],
    )
    ages = policy.decided("age", "stage", province, as_of)
    _fill(
        con,
        "ref_age",
        "stage varchar, age_from integer, age_to integer",
        [
            (stage, int(row["age_from"] or 0), int(row["age_to"] or 200))
            for stage, row in ages.items()
        ],
    )
    roles = policy.decided("role", "relation", province, as_of)
    _fill(con, "ref_role", "relation varchar", [(relation,) for relation in roles])


def _fill_code_tables(con: duckdb.DuckDBPyConnection) -> None:
    states = {
        code.label: reference.school_state(code.code, code.label)
        for code in codes.load("school_state").codes
        if code.fate == "known"
    }
    _fill(
        con,
        "ref_school_state",
        "label varchar, stage varchar, level varchar, grade integer, "
        "is_vocational boolean, is_final_possible boolean",
        [tuple(state) for state in states.values()],
    )
    _fill(
        con,
        "ref_education",
        "label varchar, rank integer",
        [
            (code.label, int(code.code))
            for code in codes.load("education").codes
            if code.fate == "known"
        ],
    )
    _fill(
        con,
        "ref_school_level",
        "label varchar, level varchar, kind varchar",
        [
            (code.label, reference.school_level(code.code), code.code)
            for code in codes.load("school_level").codes
            if code.fate == "known"
        ],
    )


def _fill(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    rows: list[tuple[object, ...]],
) -> None:
    con.execute(f"create or replace table {table} ({columns})")
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        con.executemany(f"insert into {table} values ({marks})", rows)  # noqa: S608
