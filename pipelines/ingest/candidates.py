"""What the cells of a heading may be called: one row, or a group over its fields."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipelines.ingest.cells import Merge, Row
from schemas.kinds import Cell, as_text
from schemas.text import fold

_GROUP_TAIL = re.compile(r"(基本信息|基本情况|信息|情况|资料|一栏|栏)$")
_OTHER_PERSON = re.compile(r"户主|家长|监护人|父亲|母亲|开户人")
_SAME_PERSON = re.compile(r"学生|成员|本人|人员")


class Candidate(NamedTuple):
    """A heading cell: the text it shows, and the texts to look up, most telling first.

    ``is_others``: it stands under a group that speaks of another person.
    """

    shown: str
    tried: tuple[str, ...]
    is_others: bool = False


def text_of(cell: Cell) -> str:
    """The text a heading cell shows; a figure is no heading."""
    return "" if isinstance(cell, float) else (as_text(cell) or "").strip()


def filled(rows: Sequence[Row], merges: Sequence[Merge]) -> list[list[str]]:
    """The texts of rows with merged ranges filled in both directions."""
    width = max((len(row) for row in rows), default=0)
    texts = [[text_of(c) for c in row] + [""] * (width - len(row)) for row in rows]
    for (top, left), (bottom, right) in merges:
        if top >= len(texts) or left >= width:
            continue
        value = texts[top][left]
        for at in range(top, min(bottom, len(texts) - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                texts[at][column] = value
    return texts


def paired(texts: list[list[str]], at: int, merges: Sequence[Merge]) -> list[Candidate]:
    """The cells of a heading of two rows, ``at`` and the next."""
    is_merged = any(top in (at, at + 1) for (top, _), _ in merges)
    groups = texts[at] if is_merged else _spread(texts[at], texts[at + 1])
    pairs = zip(groups, texts[at + 1], texts[at], strict=True)
    return [_pair(group, field, own) for group, field, own in pairs]


def _spread(groups: list[str], fields: list[str]) -> list[str]:
    """A group's name over the fields to its right, where cells are not merged."""
    spread: list[str] = []
    for group, text in zip(groups, fields, strict=True):
        carried = spread[-1] if spread and text and not group else group
        spread.append(carried)
    return spread


def _pair(group: str, text: str, own: str) -> Candidate:
    """A two-row heading: ``户主信息`` over ``姓名`` is tried as ``户主姓名`` first."""
    if not text or group == text:
        return Candidate(own or text, (own or text,))
    short = _GROUP_TAIL.sub("", fold(group))
    if not short:
        return Candidate(text, (text,))
    is_others = bool(_OTHER_PERSON.search(short) and not _SAME_PERSON.search(short))
    return Candidate(f"{group}/{text}", (short + text, text), is_others)


def plain(texts: Iterable[str]) -> list[Candidate]:
    """The cells of a one-row heading."""
    return [Candidate(text, (text,)) for text in texts]
