"""Columns that no source declares: real exports carry up to 180 (domain 1.3, 1.4)."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

from schemas.kinds import Cell

_FILE = Path(__file__).parent / "extra_columns.csv"


@cache
def _values(table: str) -> dict[str, tuple[str, ...]]:
    with _FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["heading"]: tuple(row["values"].split("|"))
            for row in csv.DictReader(file)
            if row["table"] == table
        }


def register_headings(count: int) -> list[str]:
    """``count`` undeclared headings: the known ones, then numbered reserve fields."""
    known = list(_values("register"))[:count]
    reserve = [f"自定义指标{n}" for n in range(1, count - len(known) + 1)]
    return known + reserve


def roster_headings() -> list[str]:
    return list(_values("roster"))


def extra_value(heading: str, mark: int) -> Cell:
    """A value under an undeclared heading; ``mark`` tells people apart."""
    values = _values("register").get(heading) or _values("roster").get(heading)
    return values[mark % len(values)] if values else ""
