"""A returned sheet as rows of named cells, wherever its columns stand today."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schemas.dates import parse_span
from schemas.returns import ReturnForm, parse_answer

Grid = Mapping[int, Mapping[int, str]]  # row and column, both from 1
_MOST_CANDIDATES = 20  # what a drop-down may have offered
_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*[月./\-]\s*([0-9]{1,2})\s*[日号]?")
_SHORT_YEAR = re.compile(
    r"([0-9]{2})\s*[年./\-]\s*([0-9]{1,2})\s*[月./\-]\s*([0-9]{1,2})\s*[日号]?"
)


@dataclass(frozen=True)
class ReturnedRow:
    """One row of the table: its number as read, and cells by the form's columns."""

    row_no: int
    number: str | None
    shown_number: str
    cells: Mapping[str, str]


def rows_of(form: ReturnForm, grid: Grid) -> list[ReturnedRow]:
    """The rows below the heading, and those above it that carry a number all the same.

    Rows without a number are there only when something was answered in them.
    """
    table = _as_table(grid)
    at = form.number_column(table)
    if at is None:
        return []
    heading, columns = _columns(form, table, at)
    return list(_rows(form, table, heading, columns))


def _as_table(grid: Grid) -> list[list[str | None]]:
    height = max(grid, default=0)
    width = max((max(row, default=0) for row in grid.values()), default=0)
    return [
        [grid.get(row, {}).get(column) for column in range(1, width + 1)]
        for row in range(1, height + 1)
    ]


def _columns(
    form: ReturnForm, table: Sequence[Sequence[str | None]], number_at: int
) -> tuple[int, dict[int, str]]:
    """The heading's row (-1: none) and column name by place, each name once."""
    first = next(
        at for at, row in enumerate(table) if form.numbering.read(row[number_at] or "")
    )
    best: dict[int, str] = {}
    heading = -1
    for at in range(first):
        found: dict[int, str] = {}
        for place, text in enumerate(table[at]):
            name = form.column_of(text) if text and len(text) < 30 else None
            if name and name not in found.values():
                found[place] = name
        if len(found) > len(best):
            best, heading = found, at
    columns = {
        place: name
        for place, name in best.items()
        if name != "number" and place != number_at
    }
    columns[number_at] = "number"
    if "answer" not in columns.values():
        _by_content(form, table[first:], columns)
    return heading, columns


def _by_content(
    form: ReturnForm, rows: Sequence[Sequence[str | None]], columns: dict[int, str]
) -> None:
    """An answer column under a heading that nobody can read: it holds answers."""
    width = len(rows[0]) if rows else 0
    best: tuple[int, int] | None = None
    for place in range(width):
        texts = [text for row in rows if (text := row[place])]
        answers = sum(_may_answer(form, text) for text in texts)
        if place in columns or not answers or answers * 2 <= len(texts):
            continue
        if best is None or answers > best[0]:
            best = answers, place
    if best is not None:
        columns[best[1]] = "answer"


def _may_answer(form: ReturnForm, text: str) -> bool:
    """Whether a text answers something, and is no day and no bare figure."""
    if text.isdecimal() or parse_span(text) is not None:
        return False
    return any(
        parse_answer(form, text, count) is not None for count in (1, _MOST_CANDIDATES)
    )


def _rows(
    form: ReturnForm,
    table: Sequence[Sequence[str | None]],
    heading: int,
    columns: Mapping[int, str],
) -> Iterator[ReturnedRow]:
    locked = {column.name for column in form.columns if column.is_locked} | {"number"}
    for at, row in enumerate(table):
        if at == heading:
            continue
        cells = {name: text for place, name in columns.items() if (text := row[place])}
        shown = cells.pop("number", "")
        number = form.numbering.read(shown)
        if number is None and any(form.numbering.read(text) for text in row if text):
            # a number in another column than the rest: moved by hand, still the number
            shown, number = next(
                (text, valid)
                for text in row
                if text and (valid := form.numbering.read(text))
            )
        answered = {name for name in cells if name not in locked}
        is_below = heading >= 0 and at > heading
        if number is not None or (is_below and "answer" in answered):
            yield ReturnedRow(at + 1, number, shown, cells)


def day_of(text: str, asked_on: date) -> date | None:
    """The day a cell names; one without a year is the first such day from ``asked_on``."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if found := _SHORT_YEAR.fullmatch(plain):
        plain = f"20{found[1]}-{found[2]}-{found[3]}"
    span = parse_span(plain)
    if span is not None and span.first == span.last:
        return span.first
    if found := _MONTH_DAY.fullmatch(plain):
        for year in (asked_on.year, asked_on.year + 1):
            day = _day(year, int(found[1]), int(found[2]))
            if day is not None and day >= asked_on:
                return day
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
