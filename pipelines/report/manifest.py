"""run.json: what a night read, by which policy, what it found, and what it wrote.

Only what follows from inputs and history stands here, so that the same inputs give the
same bytes; what the clock says is in ``timings`` and belongs outside that folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import cast

import duckdb

from pipelines.report.book import write_private
from pipelines.report.query import Row, asked
from schemas import policy

FIGURES = Path(__file__).parent / "figures"
LIBRARIES = (
    "duckdb", "openpyxl", "pandas", "pandera", "python-calamine", "xlsxwriter",
)  # fmt: skip
# Beside the night's folder, not in it: see the note above.
TIMINGS = "../timings/{as_of}.json"
_COUNTS = ("findings", "yuan", "issued", "rules", "files", "rows", "issues", "links")
_FIGURES = (
    "households", "people", "person_periods", "yuan", "paid_yuan",
    "applied_households", "applied_people", "applied_yuan",
)  # fmt: skip


def write_manifest(
    con: duckdb.DuckDBPyConnection, folder: Path, hashes: Mapping[str, str],
    rows: Mapping[str, int],
) -> None:  # fmt: skip
    """Write ``run.json`` into the folder."""
    run = _records(con, "night")[0]
    text = json.dumps(
        {
            **run,
            "outcome": "published",
            "libraries": {name: version(name) for name in LIBRARIES},
            "headline": headline(con),
            "headline_total": headline_total(con),
            "inputs": _records(con, "inputs"),
            "policy": _policy(str(run["province_code"])),
            "counts": counts(con),
            "control_totals": _records(con, "control_totals"),
            "headings_to_accept": _records(con, "headings_to_accept"),
            "tables": dict(rows),
            "outputs": dict(hashes),
            "timings": TIMINGS.format(as_of=run["as_of"]),
        },
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )
    write_private(folder / "run.json", (text + "\n").encode("utf-8"))


def headline(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, object]]:
    """Per period: households, people, person-periods and yuan, and what is applied."""
    rows = asked(con, FIGURES / "headline.sql")[1]
    return {str(row[0]): _figures(row[1:]) for row in rows}


def headline_total(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """All periods: person-periods and yuan added, people and households distinct."""
    return _figures(asked(con, FIGURES / "headline_total.sql")[1][0][1:])


def _figures(values: tuple[object, ...]) -> dict[str, object]:
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in zip(_FIGURES, values, strict=True)
    }


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Findings by rule and state, items by audience, rules by outcome, rows by fate."""
    return {name: _counted(asked(con, FIGURES / f"{name}.sql")[1]) for name in _COUNTS}


def _counted(rows: list[Row]) -> dict[str, object]:
    """Two columns: word → count; three: word → word → count."""
    found: dict[str, object] = {}
    for *words, count in rows:
        inner = found
        for word in words[:-1]:
            inner = cast("dict[str, object]", inner.setdefault(str(word), {}))
        inner[str(words[-1])] = count
    return found


def timings(
    con: duckdb.DuckDBPyConnection, stages: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """What the clock said, per stage and per rule, for a file outside the night."""
    rules = con.execute(
        "select rule_code, coalesce(seconds, 0) from fnd_rule_status order by rule_code"
    ).fetchall()
    return {
        "stages": {name: round(seconds, 3) for name, seconds in stages.items()},
        "rules": {code: round(seconds, 4) for code, seconds in rules},
    }


def _policy(province_code: str) -> list[dict[str, str]]:
    """The policy rows of the nation and the province; each period reads those of its
    own day."""
    return [
        {"policy": row.policy} | row.fields
        for row in policy.declared().rows
        if row.fields["province_code"] in ("", province_code)
    ]


def _records(con: duckdb.DuckDBPyConnection, figure: str) -> list[dict[str, object]]:
    names, rows = asked(con, FIGURES / f"{figure}.sql")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
