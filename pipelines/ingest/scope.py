"""Whether exports are of this county, of all its townships, and of the same time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import duckdb

from pipelines.county import county_of
from pipelines.database import run_sql_file
from pipelines.settings import Settings
from schemas import reference
from schemas.spec import SourceSpec
from schemas.text import division_key

_HERE = Path(__file__).parent


def note_scope(
    con: duckdb.DuckDBPyConnection, sources: Sequence[SourceSpec], settings: Settings
) -> None:
    """Issues about dates, places and head counts of whole sheets; nothing is held."""
    con.execute("create or replace temp table tmp_limit (name varchar, value double)")
    con.executemany(
        "insert into tmp_limit values (?, ?)", list(asdict(settings.limits).items())
    )
    con.execute(
        "create or replace temp table tmp_kind "
        "(source varchar, describes_now boolean, is_by_township boolean)"
    )
    con.executemany(
        "insert into tmp_kind values (?, ?, ?)",
        [
            (source.name, source.describes_now, source.newest_by == ("township_key",))
            for source in sources
        ],
    )
    con.execute(
        "create or replace temp table tmp_place (sheet_id bigint, source varchar, "
        "county_key varchar, township_key varchar, township varchar, row_no integer)"
    )
    for source in sources:
        names = {column.name for column in source.columns}
        if "township" not in names:
            continue
        county = "county_key" if "county" in names else "null"
        con.execute(
            f"insert into tmp_place select sheet_id, ?, {county}, township_key, "  # noqa: S608
            f"township, row_no from load_{source.name}",
            [source.name],
        )
    _home(con, settings)
    run_sql_file(con, _HERE / "scope.sql")
    for name in ("limit", "kind", "place", "home", "home_town", "extent"):
        con.execute(f"drop table tmp_{name}")


def _home(con: duckdb.DuckDBPyConnection, settings: Settings) -> None:
    """``tmp_home``: the county's key where it is known; ``tmp_home_town``: the keys of
    its townships, of today and before, empty when nobody knows them."""
    code = settings.county_code or county_of(con)
    name = settings.county or reference.county_names().get(code, "")
    con.execute("create or replace temp table tmp_home (county_key varchar)")
    if name:
        con.execute("insert into tmp_home values (?)", [division_key(name) or name])
    keys = set(reference.township_keys().get(code, ()))
    keys |= {
        alias.township_seen_key
        for alias in reference.place_aliases(code)
        if alias.township_seen_key
    }
    con.execute("create or replace temp table tmp_home_town (township_key varchar)")
    if keys:
        con.executemany(
            "insert into tmp_home_town values (?)", [(k,) for k in sorted(keys)]
        )
