"""Messes 14 to 19, 35 and 37: one value in the many ways clerks have of writing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from schemas import codes
from schemas.kinds import OPEN_LISTS, Cell
from schemas.synth.messes.operator import Mess, Pile, Spot, columns, spots
from schemas.synth.sheets import Line
from schemas.synth.table import DATES, SHARED, month

_EPOCH = date(1899, 12, 30)
_MONTHS = ("month_start", "month_end")
_DAYS = tuple(name for name in DATES if name not in _MONTHS)
_YEAR_IS = {"entry_day": (9, 1), "leaving_day": (7, 1), "month_end": (12, 31)}
_NONE_WORDS = (
    "-",
    "--",
    "/",
    "\\",
    "无",
    "NaN",
    "nan",
    "NULL",
    "未享受",
    "不享受",
    " ",
    "\u3000",
)
_JOINERS = (",", "，", "、", ";", "；")
_PARTS = ("残疾", "长期慢性病", "患有大病")


def _is_own(name: str) -> bool:
    """What one member of a household lacks its others may tell."""
    return name not in SHARED


def none_words(pile: Pile) -> int:
    """Nothing, said in a word."""
    kinds = ("text", "person_name", "id_number", *DATES, "yes_no", "phone", "account")
    found = spots(pile, kinds, where=lambda cell: cell is None, share=0.9)
    written = 0
    for spot in found:
        word = pile.rng.choice(_NONE_WORDS)
        if spot.column.kind == "yes_no" and word in ("无", "未享受", "不享受"):
            written += spot.write(word, main=False)
        else:
            written += spot.write(word)
    return written


def _yes_no(pile: Pile, yes: Cell, no: Cell) -> int:
    return sum(
        spot.write(yes if spot.cell == "是" else no)
        for spot in columns(pile, "yes_no")
        if spot.cell
    )


def yes_no_digits(pile: Pile) -> int:
    return _yes_no(pile, 1, 0)


def yes_no_english(pile: Pile) -> int:
    return _yes_no(pile, "Yes", "NO")


def yes_no_ticks(pile: Pile) -> int:
    return _yes_no(pile, "√", "×")


def yes_no_points(pile: Pile) -> int:
    """``1.0`` by a program that took digits for numbers."""
    return _yes_no(pile, "1.0", "0.0")


def _has_number(line: Line) -> bool:
    wanted = line.wanted
    return wanted is not None and bool(wanted.typed.get("id_number", {}).get("_pid"))


def _sex(pile: Pile, men: str | int, women: str | int) -> int:
    """A figure means nothing without whole numbers beside it that say what it means."""
    is_figure = isinstance(men, int) or men.isdigit()
    if is_figure and not all(
        _has_number(line) for _, s in pile.sheets() for line in s.data
    ):
        return 0
    return sum(
        spot.write(men if spot.cell == "男" else women)
        for spot in columns(pile, "code:sex")
        if spot.cell
    )


def sex_in_two_characters(pile: Pile) -> int:
    return _sex(pile, "男性", "女性")


def sex_as_number(pile: Pile) -> int:
    return _sex(pile, 1, 2)


def sex_as_digit(pile: Pile) -> int:
    return _sex(pile, "1", "2")


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
        for spot in spots(pile, DATES, named=_is_own)
    )


def several_values(pile: Pile) -> int:
    """Several values of a list in one cell, in any order, joined in any way: read in
    the list's order; a text keeps them as they are."""
    written = 0
    lists = tuple(f"codes:{name}" for name in codes.names())
    for spot in spots(pile, ("text", *lists)):
        joiner = pile.rng.choice(_JOINERS)
        if spot.column.kind == "text":
            parts = list(_PARTS[: pile.rng.randrange(2, 4)])
            pile.rng.shuffle(parts)
            text = joiner.join(parts)
            written += spot.write(text, main=text)
            continue
        labels = codes.load(spot.column.kind[6:]).labels
        chosen = pile.rng.sample(labels, min(len(labels), pile.rng.randrange(2, 4)))
        told = ",".join(label for label in labels if label in chosen)
        written += spot.write(joiner.join(chosen), main=told)
    return written


def other_spellings(pile: Pile) -> int:
    """Codes in the older and freer spellings of their list, blanks around and inside."""
    written = 0
    kinds = tuple(f"code:{name}" for name in codes.names() if name != "sex")
    for spot in spots(pile, kinds, share=0.7):
        spellings = [
            code.seen
            for code in codes.load(spot.column.kind[5:]).codes
            if code.label == spot.cell
        ]
        text = pile.rng.choice(sorted(spellings))
        if pile.some() and len(text) > 2:
            text = f"{text[:2]} {text[2:]}"
        written += spot.write(f" {text}" if pile.some() else text)
    return written


def unknown_spelling(pile: Pile) -> int:
    """A value in none of the list's sets: nothing is read, and it is said; a list that
    is open by declaration keeps it."""
    kinds = tuple(f"code:{name}" for name in codes.names())
    written = 0
    for spot in spots(pile, kinds, named=_is_own, share=0.2):
        word = "甲乙丙类"
        written += spot.spoil(word, "ING_UNKNOWN_CODE")
        if spot.column.kind[5:] in OPEN_LISTS:
            spot.wanted.typed[spot.name][""] = word
    return written


def account_as_number(pile: Pile) -> int:
    """Nineteen digits in a number cell: the tail is invented."""
    written = 0
    for spot in spots(pile, ("account", "opaque_no")):
        spot.book.needs_cells = True  # zeros at the end of a text may be its own
        written += spot.spoil(float(spot.text), "ING_NUMERIC_ID")
    return written


def account_in_fours(pile: Pile) -> int:
    return sum(
        spot.write(" ".join(spot.text[i : i + 4] for i in range(0, len(spot.text), 4)))
        for spot in spots(pile, "account")
    )


def account_tail_of_zeros(pile: Pile) -> int:
    """``6.2128E+18`` as text."""
    return sum(
        spot.spoil(f"{spot.text[0]}.{spot.text[1:6]}E+18", "ING_NUMERIC_ID")
        for spot in spots(pile, "account")
    )


def phone_as_float(pile: Pile) -> int:
    return sum(spot.write(f"{spot.text}.0") for spot in spots(pile, "phone"))


def _money(pile: Pile, form: Callable[[int], Cell], code: str | None = None) -> int:
    written = 0
    for spot in columns(pile, "money"):
        fen = spot.wanted.typed[spot.name].get("")
        if isinstance(fen, int) and spot.cell is not None:
            cell = form(fen // 100)
            written += spot.note(cell, code) if code else spot.write(cell)
    return written


def money_in_ten_thousands(pile: Pile) -> int:
    """0.3 where 3,000 is meant."""
    return _money(pile, lambda yuan: yuan / 10000, "ING_TEN_THOUSANDS")


def money_in_ten_thousands_said(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan / 10000:g}万元", "ING_TEN_THOUSANDS")


def money_with_commas(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan:,.2f}元")


def money_text(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"{yuan}.00")


def money_with_sign(pile: Pile) -> int:
    return _money(pile, lambda yuan: f"￥{yuan:,}")


def money_full_width(pile: Pile) -> int:
    wide = {ord(c): ord(c) + 0xFEE0 for c in "0123456789,."}
    return _money(pile, lambda yuan: f"{yuan:,.2f}".translate(wide))


_CAPITALS = {1500: "壹仟伍佰", 2000: "贰仟", 3000: "叁仟", 4000: "肆仟"}
_WORDS = {1500: "一千五百", 2000: "两千", 3000: "三千", 4000: "四千"}


def money_in_capitals(pile: Pile) -> int:
    """叁仟元整, as on receipts; 三千元, as people say it."""
    said = pile.some(0.5)
    return _money(
        pile, lambda yuan: f"{_WORDS[yuan]}元" if said else f"{_CAPITALS[yuan]}元整"
    )


def money_to_be_decided(pile: Pile) -> int:
    return sum(spot.spoil("待定", "ING_BAD_AMOUNT") for spot in spots(pile, "money"))


MESSES = (
    Mess(14, none_words, "truth"),
    Mess(15, yes_no_digits, "truth"),
    Mess(15, yes_no_english, "truth"),
    Mess(15, yes_no_ticks, "truth"),
    Mess(15, yes_no_points, "truth"),
    Mess(16, sex_in_two_characters, "truth"),
    Mess(16, sex_as_number, "truth"),
    Mess(16, sex_as_digit, "truth"),
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
    Mess(18, several_values, "as_read"),
    Mess(19, other_spellings, "truth"),
    Mess(19, unknown_spelling, "null", ("ING_UNKNOWN_CODE",)),
    Mess(35, account_as_number, "null", ("ING_NUMERIC_ID",)),
    Mess(35, account_in_fours, "truth"),
    Mess(35, account_tail_of_zeros, "null", ("ING_NUMERIC_ID",)),
    Mess(34, phone_as_float, "truth"),
    Mess(37, money_in_ten_thousands, "noted", ("ING_TEN_THOUSANDS",)),
    Mess(37, money_in_ten_thousands_said, "noted", ("ING_TEN_THOUSANDS",)),
    Mess(37, money_with_commas, "truth"),
    Mess(37, money_text, "truth"),
    Mess(37, money_with_sign, "truth"),
    Mess(37, money_full_width, "truth"),
    Mess(37, money_in_capitals, "truth"),
    Mess(37, money_to_be_decided, "null", ("ING_BAD_AMOUNT",)),
)
