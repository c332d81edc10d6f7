"""run.json: what a night read, by which policy, what it found, and what it wrote.

Only what follows from inputs and history stands here, so that the same inputs give the
same bytes; what the clock says is in ``timings`` and belongs outside the night's folder.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path

import duckdb

from pipelines.report.book import write_private
from schemas import policy

LIBRARIES = ("duckdb", "openpyxl", "pandas", "pandera", "python-calamine", "xlsxwriter")
_FIGURES = (
    "households", "people", "person_periods", "yuan", "paid_yuan",
    "applied_households", "applied_people", "applied_yuan",
)  # fmt: skip


def write_manifest(
    con: duckdb.DuckDBPyConnection, folder: Path, hashes: Mapping[str, str],
    rows: Mapping[str, int],
) -> None:  # fmt: skip
    """Write ``run.json`` into the folder."""
    run = _records(con, "select * from run")[0]
    text = json.dumps(
        {
            "as_of": run["as_of"],
            "outcome": "audited",
            "county_code": run["county_code"],
            "county": run["county"],
            "version": run["version"],
            "libraries": {name: version(name) for name in LIBRARIES},
            "headline": headline(con),
            "headline_total": headline_total(con),
            "inputs": _records(
                con,
                "select file, sha256, bytes, outcome, issue_code, sources, snapshot_on, "
                "dated_by, rows from ing_file order by file",
            ),
            "policy": _policy(run),
            "counts": counts(con),
            "control_totals": control_totals(con),
            "tables": dict(rows),
            "outputs": dict(hashes),
            "timings": "见上级目录 timings（随运行变化，不属于“同样输入、同样字节”的内容）",
        },
        ensure_ascii=False,
        indent=1,
        default=_plain,
    )
    write_private(folder / "run.json", (text + "\n").encode("utf-8"))


def headline(con: duckdb.DuckDBPyConnection) -> dict[str, dict[str, object]]:
    """Per period: households, people, person-periods and yuan, and what is applied."""
    con.execute(
        "select period_no, households, people, person_periods, fen / 100, paid_fen / 100, "
        "applied_households, applied_people, applied_fen / 100 "
        "from out_headline order by period_no"
    )
    return {row[0]: _figures(row[1:]) for row in con.fetchall()}


def headline_total(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """All periods: person-periods and yuan added, people and households distinct."""
    con.execute(
        "select households, people, person_periods, fen / 100, paid_fen / 100, "
        "applied_households, applied_people, applied_fen / 100 from out_headline_total"
    )
    return _figures(con.fetchall()[0])


def _figures(values: tuple[float | int | None, ...]) -> dict[str, object]:
    return {
        name: int(value) if isinstance(value, float) and value == int(value) else value
        for name, value in zip(_FIGURES, values, strict=True)
    }


def counts(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Findings by rule and state, items by audience, rules by outcome, rows by fate."""
    return {
        "findings": _nested(
            con,
            "select rule_code, state, count(*) from fnd_finding "
            "group by rule_code, state order by rule_code, state",
        ),
        "issued": _flat(
            con, "select audience, count(*) from out_item group by audience order by audience"
        ),
        "rules": _flat(
            con,
            "select outcome, count(*) from fnd_rule_status group by outcome order by outcome",
        ),
        "files": _flat(
            con, "select outcome, count(*) from ing_file group by outcome order by outcome"
        ),
        "rows": _nested(
            con,
            "select coalesce(source, ''), disposition, count(*) from ing_ledger "
            "group by 1, 2 order by 1, 2",
        ),
        "issues": _flat(
            con,
            "select issue_code, count(*) from ing_issue group by issue_code order by issue_code",
        ),
        "links": _flat(
            con, "select tier, count(*) from lnk_roster group by tier order by tier"
        ),
    }


def control_totals(con: duckdb.DuckDBPyConnection) -> dict[str, object]:
    """Rows and fen of the accepted roster and payment rows, per file."""
    return {
        source: _records(
            con,
            f"select file, count(*) as rows, coalesce(sum(amount_fen), 0)::bigint as fen "  # noqa: S608
            f"from stg_{source} group by file order by file",
        )
        for source in ("yulu_roster", "yulu_payment")
    }


def timings(
    con: duckdb.DuckDBPyConnection, stages: Mapping[str, float]
) -> dict[str, dict[str, float]]:
    """What the clock said: seconds per stage and per rule, for a file outside the night."""
    con.execute("select rule_code, seconds from fnd_rule_status order by rule_code")
    rules = {code: round(seconds or 0.0, 4) for code, seconds in con.fetchall()}
    return {"stages": {k: round(v, 3) for k, v in stages.items()}, "rules": rules}


def _policy(run: Mapping[str, object]) -> list[dict[str, str]]:
    """The policy rows of the county's province (every period reads its own day's)."""
    return [
        {"policy": name} | row.fields
        for name in policy.NAMES
        for row in policy.rows(name)
        if row.fields["province_code"] == run["province_code"]
    ]


def _records(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, object]]:
    con.execute(query)
    names = [column[0] for column in con.description or ()]
    return [dict(zip(names, row, strict=True)) for row in con.fetchall()]


def _flat(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    con.execute(query)
    return {str(key): int(count) for key, count in con.fetchall()}


def _nested(con: duckdb.DuckDBPyConnection, query: str) -> dict[str, dict[str, int]]:
    con.execute(query)
    found: dict[str, dict[str, int]] = {}
    for key, inner, count in con.fetchall():
        found.setdefault(str(key), {})[str(inner)] = int(count)
    return found


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")
