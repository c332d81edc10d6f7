"""The example tables of a rule, as its manual quotes them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_ANSWER = "**差异**"


@dataclass(frozen=True)
class Example:
    """One case: its heading, and what the rule says of it (nothing: no finding)."""

    title: str
    sentences: tuple[str, ...]
    is_hit: bool


def examples(path: Path) -> tuple[Example, ...]:
    """The cases of one file of example tables; none when it is not there."""
    if not path.is_file():
        return ()
    parts = re.split(r"^## ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return tuple(_example(part) for part in parts[1:])


def _example(text: str) -> Example:
    title = text.partition("\n")[0].strip()
    table = [
        [cell.strip() for cell in line.strip().strip("|").split("|")]
        for line in text.partition(_ANSWER)[2].splitlines()
        if line.startswith("|")
    ]
    head, rows = (table[0], table[2:]) if table else ([], [])
    at = head.index("sentence") if "sentence" in head else None
    told = () if at is None else tuple(row[at] for row in rows)
    return Example(title, told, bool(rows))
