"""Code lists: one CSV each, every value seen is known, mapped or ignored.

Columns: ``seen`` (as written in exports), ``code``, ``label`` (the canonical value),
``fate`` (known | mapped | ignored), ``note``. A value in none of the three sets is an
issue, so that nothing is wiped out unknowingly.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from schemas.text import fold

_FOLDER = Path(__file__).parent
_FATES = frozenset({"known", "mapped", "ignored"})


@dataclass(frozen=True)
class Code:
    """One written value and what it stands for; an ignored one has no label."""

    seen: str
    code: str
    label: str
    fate: str
    note: str


@dataclass(frozen=True)
class CodeList:
    """The values of one list, looked up by folded text."""

    name: str
    title: str
    codes: tuple[Code, ...]
    by_key: dict[str, Code]

    def find(self, text: str) -> Code | None:
        return self.by_key.get(fold(text))


_TITLES = {
    "household_type": "户类型",
    "monitored_category": "监测对象类别",
    "school_state": "在校生状况",
    "school_level": "办学层次",
    "education": "文化程度",
    "relation": "与户主关系",
    "sex": "性别",
    "payment_status": "发放状态",
    "review_status": "审核状态",
    "departure_reason": "减少原因",
}


@cache
def load(name: str) -> CodeList:
    """The list of that name; raises ValueError when one value has two meanings."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        entries = tuple(Code(**row) for row in csv.DictReader(file))
    by_key: dict[str, Code] = {}
    for entry in entries:
        if entry.fate not in _FATES or bool(entry.label) == (entry.fate == "ignored"):
            raise ValueError(f"{name}.csv: fate of {entry.seen!r}")
        if by_key.setdefault(fold(entry.seen), entry).label != entry.label:
            raise ValueError(f"{name}.csv: {entry.seen!r} stands for two labels")
    return CodeList(name, _TITLES[name], entries, by_key)


def names() -> tuple[str, ...]:
    """All list names, in alphabetical order."""
    return tuple(sorted(_TITLES))
