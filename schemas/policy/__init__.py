"""Policy as dated rows: what a document decides is a row here, never a literal.

``valid_from``/``valid_to`` are days (``valid_to`` empty: still in force); a change
closes one row and adds one. A row without a province is the nation's.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from schemas.policy.tables import BY_NAME, TABLES

_FOLDER = Path(__file__).parent
NAMES = tuple(table.name for table in TABLES)


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


@dataclass(frozen=True)
class Policy:
    """All rows of all tables: as declared, or as somebody imagines them."""

    rows: tuple[PolicyRow, ...]

    def of(self, name: str) -> tuple[PolicyRow, ...]:
        """All rows of one table, in file order."""
        return tuple(row for row in self.rows if row.policy == name)

    def in_force(
        self, name: str, province_code: str, day: date
    ) -> tuple[PolicyRow, ...]:
        """The rows of a province in force on a day; empty when nothing is decided."""
        return tuple(
            row
            for row in self.rows
            if row.policy == name
            and row.fields["province_code"] == province_code
            and row.holds_on(day)
        )

    def decided(
        self, name: str, key: str, province_code: str, day: date
    ) -> dict[str, dict[str, str]]:
        """What holds on a day by the field ``key``: the nation's rows (without a
        province) unless the province has its own for the same key."""
        found: dict[str, dict[str, str]] = {}
        for code in ("", province_code):
            for row in self.in_force(name, code, day):
                found[row.fields[key]] = row.fields
        return dict(sorted(found.items()))

    def changed(self, new: Iterable[PolicyRow]) -> Policy:
        """This policy with rows put in: what they replace is in force only outside
        their days."""
        kept = list(self.rows)
        added = tuple(new)
        for row in added:
            key = BY_NAME[row.policy].replaces
            kept = [
                part
                for old in kept
                for part in (
                    _outside(old, row)
                    if old.policy == row.policy
                    and all(old.fields[at] == row.fields[at] for at in key)
                    else (old,)
                )
            ]
        return Policy((*kept, *added))


def _outside(old: PolicyRow, new: PolicyRow) -> tuple[PolicyRow, ...]:
    """What is left of a row's days beside those of another."""
    ends = old.valid_to or date.max
    parts = []
    if old.valid_from < new.valid_from:
        last = min(ends, new.valid_from - timedelta(days=1))
        parts.append(_dated(old, old.valid_from, None if last == date.max else last))
    if new.valid_to is not None and new.valid_to < ends:
        first = max(old.valid_from, new.valid_to + timedelta(days=1))
        parts.append(_dated(old, first, old.valid_to))
    return tuple(parts)


def _dated(row: PolicyRow, first: date, last: date | None) -> PolicyRow:
    told = {
        "valid_from": first.isoformat(),
        "valid_to": last.isoformat() if last else "",
    }
    return replace(row, fields=row.fields | told, valid_from=first, valid_to=last)


def read_row(name: str, fields: dict[str, str]) -> PolicyRow:
    """One row of a table as a policy row; the fields are already as stored."""
    return PolicyRow(
        policy=name,
        fields=fields,
        valid_from=date.fromisoformat(fields["valid_from"]),
        valid_to=date.fromisoformat(fields["valid_to"]) if fields["valid_to"] else None,
    )


@cache
def declared() -> Policy:
    """The policy in force as this folder declares it."""
    return Policy(tuple(row for name in NAMES for row in _rows(name)))


def _rows(name: str) -> tuple[PolicyRow, ...]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(read_row(name, row) for row in csv.DictReader(file))


def rows(name: str) -> tuple[PolicyRow, ...]:
    """All declared rows of one table, in file order."""
    return declared().of(name)
