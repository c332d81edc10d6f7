"""Which county a night is about, when the settings do not say."""

from __future__ import annotations

from collections import Counter

import duckdb

from pipelines.places import township_of
from schemas import reference

_LEAST_SHARE = 0.5
# So many townships speak for a county though the register's own column names another
# (太谷县 has become 太谷区); fewer may stand in a county of any other province.
_LEAST_AGAINST = 3


def county_of(con: duckdb.DuckDBPyConnection) -> str:
    """The code of the county that the register is of; '' when unsure.

    Counted over distinct townships: at least half of the register's must belong to
    the county. Where several counties know as many (城关镇 stands in many), the name in
    the register's own column of the county decides, then the villages.
    """
    seen = _distinct(con, "township_key")
    every = reference.township_keys()
    shared = Counter(
        {
            code: sum(township_of(key, keys) is not None for (key,) in seen)
            for code, keys in every.items()
        }
    )
    most = max(shared.values(), default=0)
    if not most or most < _LEAST_SHARE * len(seen):
        return ""
    leaders = sorted(code for code, count in shared.items() if count == most)
    named = _named(con, leaders)
    if named == [] and most < _LEAST_AGAINST:
        return ""
    leaders = named or leaders
    if len(leaders) > 1:
        leaders = _with_villages(con, leaders)
    return leaders[0] if len(leaders) == 1 else ""


def _distinct(con: duckdb.DuckDBPyConnection, columns: str) -> list[tuple[str, ...]]:
    given = " and ".join(f"{column} is not null" for column in columns.split(", "))
    return con.execute(
        f"select distinct {columns} from stg_monitored_person where {given} order by all"  # noqa: S608
    ).fetchall()


def _named(con: duckdb.DuckDBPyConnection, leaders: list[str]) -> list[str] | None:
    """Those whose name the register's county column mostly ends with; null without it."""
    names = reference.county_names()
    stated = con.execute(
        "select county from stg_monitored_person where county is not null "
        "group by county order by count(*) desc, county limit 1"
    ).fetchall()
    if not stated:
        return None
    text = stated[0][0].strip()
    return [code for code in leaders if text.endswith(names.get(code, "\0"))]


def _with_villages(con: duckdb.DuckDBPyConnection, leaders: list[str]) -> list[str]:
    """Those that know the most of the register's villages under their townships."""
    seen = set(_distinct(con, "township_key, village_key"))
    known = {
        code: len(
            seen & {(p.township_key, p.village_key) for p in reference.places(code)}
        )
        for code in leaders
    }
    most = max(known.values())
    return [code for code in leaders if known[code] == most] if most else leaders
