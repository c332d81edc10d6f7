"""Dates and school periods in every form that exports use (domain section 1.8, 17).

No form reads the clock; two-digit years are not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, datetime, timedelta
from typing import NamedTuple

_YMD = re.compile(
    r"((?:19|20)[0-9]{2})[年./\-\s]*([0-9]{1,2})[月./\-\s]*([0-9]{1,2})日?(?:[T\s].*)?"
)
_YMD8 = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})(?:\.0+)?")
_YM6 = re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})(?:\.0+)?")
_YM = re.compile(r"((?:19|20)[0-9]{2})[年./\-\s]+([0-9]{1,2})月?份?")
_Y = re.compile(r"((?:19|20)[0-9]{2})(?:年|级|届)?(?:\.0+)?")
_SERIAL = re.compile(r"([2-6][0-9]{4})(?:\.[0-9]+)?")
# 20229 is September 2022 without its zero, or the serial of a day in 1955.
_MISSING_ZERO = re.compile(r"20[0-3][0-9][1-9](?:\.0+)?")
_EXCEL_EPOCH = date(1899, 12, 30)


class Span(NamedTuple):
    """The first and the last day that a written date can mean."""

    first: date
    last: date


def parse_span(cell: object) -> Span | None:
    """The days a cell may mean: one day, a month, or a year; null when unreadable.

    A bare year means the whole year: callers who need a day say which one.
    """
    if isinstance(cell, datetime):
        return Span(cell.date(), cell.date())
    if isinstance(cell, date):
        return Span(cell, cell)
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, int | float):
        return _from_figure(float(cell))
    return _from_text(unicodedata.normalize("NFKC", str(cell)).strip().strip("'\"="))


def _from_figure(figure: float) -> Span | None:
    """A number cell: ``202209``, ``44805``, ``2022.9``.

    ``2022.1`` may have been typed as January or as October: the cell keeps no zero,
    so nothing is read.
    """
    if figure != figure or abs(figure) > 1e9:
        return None
    if figure == int(figure):
        return _from_text(str(int(figure)))
    text = repr(figure)
    return None if text.endswith(".1") and figure < 10_000 else _from_text(text)


def _from_text(text: str) -> Span | None:
    if found := _YMD8.fullmatch(text):
        return _day(*found.groups())
    if found := _YM6.fullmatch(text):
        return _month(*found.groups())
    if found := _YM.fullmatch(text):
        return _month(*found.groups())
    if found := _YMD.fullmatch(text):
        return _day(*found.groups())
    if found := _Y.fullmatch(text):
        year = int(found[1])
        return Span(date(year, 1, 1), date(year, 12, 31))
    if _MISSING_ZERO.fullmatch(text):
        return None
    if found := _SERIAL.fullmatch(text):
        day = _EXCEL_EPOCH + timedelta(days=int(found[1]))
        return Span(day, day)
    return None


def _day(year: str, month: str, day: str) -> Span | None:
    try:
        exact = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Span(exact, exact)


def _month(year: str, month: str) -> Span | None:
    if not 1 <= int(month) <= 12:
        return None
    last = monthrange(int(year), int(month))[1]
    return Span(
        date(int(year), int(month), 1),
        date(int(year), int(month), last),
    )


def whole_month(span: Span) -> Span:
    """The month of a span that is just its first day: a month typed as a date."""
    if span.first != span.last or span.first.day != 1:
        return span
    last = monthrange(span.first.year, span.first.month)[1]
    return Span(span.first, span.first.replace(day=last))


_SCHOOL_YEAR = re.compile(
    r"(?<![0-9])(20[0-9]{2})\s*(?:学?年)?\s*[-—–－_/~至到]+\s*(20[0-9]{2}|[0-9]{2})(?![0-9])"
    r"\s*(?:学年度?|年度?)?\s*(?:[-—]\s*([12])(?![0-9]))?"
)
_ONE_YEAR_TERM = re.compile(r"(20[0-9]{2})\s*年?\s*(秋|春)")
_ONE_SCHOOL_YEAR = re.compile(r"(20[0-9]{2})\s*学年")
_TERM_WORD = re.compile(r"(第一学期|上学期|秋季|秋)|(第二学期|下学期|春季|春)")


class Period(NamedTuple):
    """A school year ``2021-2022`` and, where said, its term (1 autumn, 2 spring)."""

    period_no: str
    term: int | None


def parse_period(text: str) -> Period | None:
    """The school year a text names anywhere in itself; null when it names none.

    ``2022年春季`` belongs to the school year 2021-2022, ``2022年秋季`` to 2022-2023.
    """
    text = unicodedata.normalize("NFKC", text)
    for found in _SCHOOL_YEAR.finditer(text):
        start = int(found[1])
        end = (
            int(found[2]) if len(found[2]) == 4 else start // 100 * 100 + int(found[2])
        )
        if end != start + 1:
            continue  # 2021-2023 or 2021-09 is no school year
        if found[3]:
            return Period(f"{start}-{end}", int(found[3]))
        word = _TERM_WORD.search(text)
        term = None if word is None else 1 if word[1] else 2
        return Period(f"{start}-{end}", term)
    if term_said := _ONE_YEAR_TERM.search(text):
        start = int(term_said[1]) - (term_said[2] == "春")
        return Period(f"{start}-{start + 1}", 1 if term_said[2] == "秋" else 2)
    if year_said := _ONE_SCHOOL_YEAR.search(text):
        start = int(year_said[1])
        return Period(f"{start}-{start + 1}", None)
    return None
