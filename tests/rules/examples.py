"""Reads a rule's example tables: Markdown for people, rows for the database.

A case is a ``##`` heading with pipe tables below bold labels. ``**雨露名册**``,
``**监测系统**``, ``**发放文件**``, ``**自然减少**``, ``**学籍比对**``, ``**务工信息**`` and
``**毕业去向**`` are rows of an export: Chinese
headings are cells, parsed as on reading; English columns are what linking found. Other
labels are tables by name, and ``**差异**`` is what the rule must answer.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import duckdb

from schemas.kinds import Value, kind_named
from schemas.sources import SPECS
from schemas.spec import SourceSpec, heading_map
from schemas.text import fold

Row = dict[str, str]
ANSWER = "差异"
# label → (source, linked table, columns that are the same unless given)
_EXPORTS = {
    "雨露名册": ("yulu_roster", "lnk_roster", {"subject_key": "person_key"}),
    "监测系统": ("monitored_person", "lnk_register", {}),
    "发放文件": ("yulu_payment", "lnk_payment", {}),
    "自然减少": ("member_departure", "lnk_departure", {}),
    "学籍比对": ("school_register", "lnk_list", {}),
    "务工信息": ("monitored_job", "lnk_list", {}),
    "毕业去向": ("graduate_destination", "lnk_list", {}),
}
_DEFAULTS = {
    "lnk_roster": {"tier": "id", "is_applied": "false"},
    "lnk_register": {"is_current": "true"},
    "lnk_payment": {"via": "number"},
}


@dataclass
class Case:
    """One example: its heading, the input tables in order, the expected findings."""

    title: str
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)

    def rows(self, label: str) -> list[Row]:
        return [row for name, rows in self.tables if name == label for row in rows]


def read_cases(path: Path) -> list[Case]:
    """All cases of one file, in order."""
    cases: list[Case] = []
    header: list[str] | None = None
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            cases.append(Case(line[3:].strip()))
        elif found := re.fullmatch(r"\*\*(\w+)\*\*", line.strip()):
            cases[-1].tables.append((found[1], []))
            header = None
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if header is None:
                header = cells
            elif not set(line) <= set("|-: "):
                row = dict(zip(header, cells, strict=True))
                cases[-1].tables[-1][1].append(row)
    return cases


def fill(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    """Insert the input tables of a case."""
    for label, rows in case.tables:
        for row in rows:
            if label in _EXPORTS:
                _insert_export(con, label, row)
            elif label != ANSWER:
                _insert(con, label, dict(row))


def _insert_export(con: duckdb.DuckDBPyConnection, label: str, row: Row) -> None:
    source, linked, same = _EXPORTS[label]
    spec = next(spec for spec in SPECS if spec.name == source)
    headings = heading_map(spec)
    raw: dict[str, Value] = {}
    typed: dict[str, Value] = {}
    given: dict[str, Value] = {}
    for heading, cell in row.items():
        column = headings.get(fold(heading))
        if column is None or heading.isascii():
            given[heading] = cell
        else:
            raw[column] = cell or None
            typed |= _parsed(spec, column, cell)
    if source == "yulu_roster" or source == "yulu_payment":
        for name in ("period_no", "period_no_term"):
            given.setdefault(name, typed.get(name))
    for column, other in same.items():
        given.setdefault(column, given.get(other))
    if linked == "lnk_list":
        given["source"] = source
    given = {**_DEFAULTS.get(linked, {}), **given}
    _insert(con, f"raw_{source}", raw | given)
    _insert(con, f"stg_{source}", given | typed)
    _insert(con, linked, typed | given)
    if source == "monitored_person":
        _insert(con, "lnk_status", typed | given)
        number = {"pid": typed.get("id_number_pid"), "origin": "register"}
        _insert(con, "lnk_known", typed | given | number)
        _insert_standing(con, typed | given | number)


def _insert_standing(con: duckdb.DuckDBPyConnection, row: dict[str, Value]) -> None:
    """What linking would conclude from a register row: ``scope`` says why the person
    is in scope, ``speaks`` for which period the row does; ``person`` makes it the
    newest row of its person."""
    if row.get("scope"):
        _insert(con, "lnk_scope", row | {"why": row["scope"]})
    if row.get("speaks"):
        speaks = {"period_no": row["speaks"], "in_grace": "false"}
        _insert(con, "lnk_speaking", row | speaks)
    if row.get("person"):
        person = {"person_id": row["pid"], "in_register": "true"}
        _insert(con, "lnk_person", {"is_current": "true"} | row | person)


def _parsed(spec: SourceSpec, column: str, cell: str) -> dict[str, Value]:
    kind = kind_named(spec.column(column).kind)
    values = kind.parse(cell or None).values
    names = [column + suffix for suffix, _ in kind.fields]
    return dict(zip(names, values, strict=True))


def _insert(con: duckdb.DuckDBPyConnection, table: str, row: dict[str, Value]) -> None:
    known = _columns(con, table)
    kept = {name: value for name, value in row.items() if name in known}
    if not table.startswith(("raw_", "stg_", "lnk_")):
        assert set(row) <= known, f"{table}: {sorted(set(row) - known)}"
    values = [None if value == "" else value for value in kept.values()]
    con.execute(
        f"insert into {table} ({', '.join(kept)}) "
        f"values ({', '.join('?' * len(kept))})",
        values,
    )


@cache
def _columns(con: duckdb.DuckDBPyConnection, table: str) -> frozenset[str]:
    return frozenset(row[0] for row in con.execute(f"describe {table}").fetchall())


def answers(con: duckdb.DuckDBPyConnection, sql: str) -> list[Row]:
    """What a rule's query returns, as the text an expected table would show."""
    result = con.execute(sql)
    names = [column[0] for column in result.description]
    return [
        {name: _shown(value) for name, value in zip(names, values, strict=True)}
        for values in result.fetchall()
    ]


def _shown(value: object) -> str:
    if isinstance(value, list):
        return " ".join(f"{cell['row_id']}.{cell['field']}" for cell in value)
    return "" if value is None else str(value)
