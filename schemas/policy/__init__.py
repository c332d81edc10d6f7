"""Policy as dated rows: what a document decides is a row here, never a literal.

``valid_from``/``valid_to`` are days (``valid_to`` empty: still in force); a change
closes one row and adds one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
NAMES = ("amount", "period", "risk_mode", "grace", "limit", "age", "role")


@dataclass(frozen=True)
class PolicyRow:
    """One decided fact: its fields as written, and the days it is in force."""

    policy: str
    fields: dict[str, str]
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (
            self.valid_to is None or day <= self.valid_to
        )


@cache
def rows(name: str) -> tuple[PolicyRow, ...]:
    """All rows of one policy table, in file order."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            PolicyRow(
                policy=name,
                fields=row,
                valid_from=date.fromisoformat(row["valid_from"]),
                valid_to=date.fromisoformat(row["valid_to"])
                if row["valid_to"]
                else None,
            )
            for row in csv.DictReader(file)
        )


def in_force(name: str, province_code: str, day: date) -> tuple[PolicyRow, ...]:
    """The rows of a province in force on a day; empty when nothing is decided."""
    return tuple(
        row
        for row in rows(name)
        if row.fields["province_code"] == province_code and row.holds_on(day)
    )


def decided(
    name: str, key: str, province_code: str, day: date
) -> dict[str, dict[str, str]]:
    """What holds on a day by the field ``key``: the nation's rows (without a province)
    unless the province has its own for the same key."""
    found: dict[str, dict[str, str]] = {}
    for code in ("", province_code):
        for row in in_force(name, code, day):
            found[row.fields[key]] = row.fields
    return dict(sorted(found.items()))
