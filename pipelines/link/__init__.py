"""Linking: which person each row is about, how we know, and what may be concluded."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import duckdb

from pipelines.database import run_sql_file
from pipelines.link.evidence import sentence
from pipelines.link.likeness import likeness
from pipelines.places import Places
from schemas.text import former_name_key

__all__ = ["STEPS", "link_people", "run_step"]

STEPS = tuple(sorted(Path(__file__).parent.glob("[0-9]*.sql")))


def link_people(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the ``lnk_`` tables from all that was read, referred to and remembered."""
    for step in STEPS:
        run_step(con, step)


def run_step(con: duckdb.DuckDBPyConnection, step: Path) -> None:
    """Run one numbered step, and before it what SQL cannot say."""
    if before := _BEFORE.get(step.name):
        before(con)
    run_sql_file(con, step)


def _tell(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: str,
    rows: Sequence[tuple[str | None, ...]],
) -> None:
    """Put rows of texts into a table, made when it is not there."""
    names = columns.split(", ")
    told = ", ".join(
        f"unnest(${at}::varchar[]) as {n}" for at, n in enumerate(names, 1)
    )
    con.execute(
        f"create or replace table {table} as select {told}",
        [[row[at] for row in rows] for at in range(len(names))],
    )


def _former_names(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``lnk_former_name``: names as read with another one in brackets, its key."""
    names = con.execute(
        "select distinct name from ("
        "select name from stg_monitored_person union all select name from "
        "stg_yulu_roster union all select name from stg_member_departure) "
        r"where regexp_matches(name, '[（(\[【〔]') order by name"
    ).fetchall()
    found = [(name, former_name_key(name)) for (name,) in names]
    _tell(con, "lnk_former_name", "name, former_key", [(n, k) for n, k in found if k])


def _alike(pairs: str, told: str) -> Callable[[duckdb.DuckDBPyConnection], None]:
    """A filler of ``told``: how the two names of each row of ``pairs`` are alike."""

    def fill(con: duckdb.DuckDBPyConnection) -> None:
        found = con.execute(f"select one, other from {pairs} order by all").fetchall()  # noqa: S608
        alike = [(one, other, likeness(one, other)) for one, other in found]
        _tell(
            con,
            told,
            "one, other, likeness",
            [(one, other, how) for one, other, how in alike if how],
        )

    return fill


def _say(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``lnk_sentence``: one row per distinct evidence, with its sentence."""
    texts = [
        text
        for (text,) in con.execute(
            "select distinct evidence from lnk_evidence order by evidence"
        ).fetchall()
    ]
    _tell(con, "lnk_sentence", "evidence, sentence", [(t, sentence(t)) for t in texts])


def _read_places(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``lnk_place_read``: every place as written, and the keys it is read as."""
    villages: dict[str, set[str]] = {
        town: set()
        for (town,) in con.execute("select township_key from lnk_township").fetchall()
    }
    for town, village in con.execute(
        "select township_key, village_key from lnk_place order by all"
    ).fetchall():
        villages.setdefault(town, set()).add(village)
    places = Places(villages)
    written = con.execute(
        "select township_key, village_key from lnk_place_written order by all"
    ).fetchall()
    _tell(
        con,
        "lnk_place_read",
        "seen_township_key, seen_village_key, township_key, village_key",
        [(town, village, *places.read(town, village)) for town, village in written],
    )


_BEFORE: dict[str, Callable[[duckdb.DuckDBPyConnection], None]] = {
    "14_place_seen.sql": _read_places,
    "20_mention.sql": _former_names,
    "42_row.sql": _alike("lnk_name_pair", "lnk_alike"),
    "47_neighbour.sql": _alike("lnk_head_pair", "lnk_head_alike"),
    "70_roster.sql": _say,
}
