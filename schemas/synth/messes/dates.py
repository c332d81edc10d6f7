"""Mess 17: one date in the many ways clerks have of writing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas.kinds import Cell
from schemas.synth.messes.operator import Mess, Pile, Spot, columns, spots
from schemas.synth.table import DATES, SHARED, month

_EPOCH = date(1899, 12, 30)
_MONTHS = ("month_start", "month_end")
_DAYS = tuple(name for name in DATES if name not in _MONTHS)
_YEAR_IS = {"entry_day": (9, 1), "leaving_day": (7, 1), "month_end": (12, 31)}


def _true_day(spot: Spot) -> date | None:
    value = spot.wanted.typed[spot.name].get("")
    return value if isinstance(value, date) else None


def _days(pile: Pile, form: Callable[[date], Cell]) -> int:
    """A column of days, in a form that keeps the day."""
    written = 0
    for spot in columns(pile, _DAYS):
        if (day := _true_day(spot)) is not None:
            written += spot.write(form(day))
    return written


def _months(pile: Pile, form: Callable[[date], Cell], kinds: tuple[str, ...]) -> int:
    """A column of months or days, in a form that keeps the month."""
    written = 0
    for spot in columns(pile, kinds):
        if (day := _true_day(spot)) is not None:
            first = day.replace(day=1)
            written += spot.write(form(first), main=month(first, spot.column.kind))
    return written


def date_cell(pile: Pile) -> int:
    return _days(pile, lambda day: day)


def date_digits(pile: Pile) -> int:
    return _days(pile, lambda day: f"{day:%Y%m%d}")


def date_number(pile: Pile) -> int:
    return _days(pile, lambda day: int(f"{day:%Y%m%d}"))


def date_chinese(pile: Pile) -> int:
    return _days(pile, lambda day: f"{day.year}年{day.month}月{day.day}日")


def date_dots(pile: Pile) -> int:
    return _days(pile, lambda day: f"{day.year}.{day.month}.{day.day}")


def date_slashes(pile: Pile) -> int:
    return _days(pile, lambda day: f"{day.year}/{day.month}/{day.day}")


def date_with_time(pile: Pile) -> int:
    return _days(pile, lambda day: f"{day.isoformat()} 00:00:00")


def date_with_point_zero(pile: Pile) -> int:
    """``2019-09-01 00:00:00.0``, as Java prints a timestamp."""
    return _days(pile, lambda day: f"{day.isoformat()} 00:00:00.0")


def date_serial(pile: Pile) -> int:
    """Excel's count of days, the format lost."""
    return _days(pile, lambda day: (day - _EPOCH).days)


def date_serial_text(pile: Pile) -> int:
    return _days(pile, lambda day: f"{(day - _EPOCH).days}.0")


def month_digits(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day:%Y%m}", DATES)


def month_number(pile: Pile) -> int:
    return _months(pile, lambda day: int(f"{day:%Y%m}"), DATES)


def month_point_zero(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day:%Y%m}.0", DATES)


def month_chinese(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day.year}年{day.month}月", DATES)


def month_chinese_padded(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day.year}年{day.month:02d}月", DATES)


def month_dots(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day.year}.{day.month}", DATES)


def month_dashes(pile: Pile) -> int:
    return _months(pile, lambda day: f"{day.year}-{day.month:02d}", DATES)


def month_first_day(pile: Pile) -> int:
    """A month typed as its first day, or as a date cell that shows the month only."""
    as_cell = pile.some(0.5)
    return _months(pile, lambda day: day if as_cell else day.isoformat(), _MONTHS)


def month_as_decimal(pile: Pile) -> int:
    """``2023.9`` typed into a number cell; ``2023.1`` is January or October: nobody
    can tell, and nothing may be read."""
    written = 0
    for spot in columns(pile, DATES):
        day = _true_day(spot)
        if day is None:
            continue
        first = day.replace(day=1)
        spot.book.needs_cells = True
        if day.month in (1, 10):
            written += spot.spoil(float(f"{day.year}.1"), "ING_BAD_DATE")
        else:
            cell = float(
                f"{day.year}.{day.month:02d}"
                if day.month > 9
                else f"{day.year}.{day.month}"
            )
            written += spot.write(cell, main=month(first, spot.column.kind))
    return written


def year_alone(pile: Pile) -> int:
    """A bare year: its first day, the autumn of entry, the summer of leaving."""
    written = 0
    for spot in columns(pile, DATES):
        if (day := _true_day(spot)) is not None:
            told = date(day.year, *_YEAR_IS.get(spot.column.kind, (1, 1)))
            written += spot.write(str(day.year), main=told)
    return written


def date_in_words(pile: Pile) -> int:
    """去年秋天: no date, and not one to be guessed."""
    return sum(
        spot.spoil("去年秋天", "ING_BAD_DATE")
        for spot in spots(pile, DATES, named=lambda name: name not in SHARED)
    )


MESSES = (
    Mess(17, date_cell, "truth"),
    Mess(17, date_digits, "truth"),
    Mess(17, date_number, "truth"),
    Mess(17, date_chinese, "truth"),
    Mess(17, date_dots, "truth"),
    Mess(17, date_slashes, "truth"),
    Mess(17, date_with_time, "truth"),
    Mess(17, date_with_point_zero, "truth"),
    Mess(17, date_serial, "truth"),
    Mess(17, date_serial_text, "truth"),
    Mess(17, month_digits, "truth"),
    Mess(17, month_number, "truth"),
    Mess(17, month_point_zero, "truth"),
    Mess(17, month_chinese, "truth"),
    Mess(17, month_chinese_padded, "truth"),
    Mess(17, month_dots, "truth"),
    Mess(17, month_dashes, "truth"),
    Mess(17, month_first_day, "truth"),
    Mess(17, month_as_decimal, "null", ("ING_BAD_DATE",)),
    Mess(17, year_alone, "as_read"),
    Mess(17, date_in_words, "null", ("ING_BAD_DATE",)),
)
