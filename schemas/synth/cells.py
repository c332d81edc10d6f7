"""How one value is typed into a cell: plainly, or in one of the ways clerks have."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random

from schemas import codes
from schemas.kinds import Cell
from schemas.synth.people import Raw, Value

Form = Callable[[Value], Cell]
_EPOCH = date(1899, 12, 30)
_FULL_WIDTH = {ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}


def plain(kind: str, value: Value) -> Cell:
    """The value as a tidy system exports it."""
    if isinstance(value, Raw):
        return value.cell
    if value is None:
        return None
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value:%Y%m}" if kind.startswith("month") else value.isoformat()
    if kind == "period":
        return _in_words(str(value), "学年", "第一学期", "第二学期")
    return value


def _in_words(period: str, year: str, autumn: str, spring: str) -> str:
    """``2021-2022-1`` as ``2021-2022学年第一学期``; a year without a term as it is."""
    term = {"1": autumn, "2": spring}.get(period[10:], "")
    return f"{period[:9]}{year}{term}"


def _day(pattern: str) -> Form:
    def typed(value: Value) -> Cell:
        if not isinstance(value, date):
            return None
        return (
            pattern.replace("Y", str(value.year))
            .replace("MM", f"{value.month:02d}")
            .replace("DD", f"{value.day:02d}")
            .replace("M", str(value.month))
            .replace("D", str(value.day))
        )

    return typed


def _serial(value: Value) -> Cell:
    return (value - _EPOCH).days if isinstance(value, date) else None


def _number(value: Value) -> Cell:
    return int(value.strftime("%Y%m")) if isinstance(value, date) else None


def _yes_no(yes: Cell, no: Cell) -> Form:
    return lambda value: None if value is None else yes if value else no


def _money(pattern: str) -> Form:
    def typed(value: Value) -> Cell:
        if not isinstance(value, int):
            return None
        return pattern.format(value, ten_thousands=f"{value / 10000:g}")

    return typed


def _ten_thousands(value: Value) -> Cell:
    return value / 10000 if isinstance(value, int) else None


def _years(value: Value) -> Cell:
    return f"{'零一二三四五六'[value]}年制" if isinstance(value, int) else None


# Forms that a whole column is typed in, by kind; the first letter of each is its habit.
COLUMN_FORMS: dict[str, dict[str, Form]] = {
    "day": {
        "date_cell": lambda value: value if isinstance(value, date) else None,
        "date_dots": _day("Y.M.D"),
        "date_slashes": _day("Y/M/D"),
        "date_chinese": _day("Y年M月D日"),
        "date_digits": _day("YMMDD"),
    },
    "month_start": {
        "month_chinese": _day("Y年M月"),
        "month_chinese_padded": _day("Y年MM月"),
        "month_dots": _day("Y.MM"),
        "month_dashes": _day("Y-MM"),
        "month_number": _number,
    },
    "money": {
        "money_commas": _money("{:,.2f}元"),
        "money_text": _money("{}"),
        "money_decimals": _money("{:.2f}"),
        "money_unit": _money("{}元"),
    },
    "years": {
        "years_chinese": _years,
        "years_unit": lambda value: None if value is None else f"{value}年",
        "years_text": lambda value: None if value is None else str(value),
    },
    "period": {
        "period_bare": lambda value: value if isinstance(value, str) else None,
        "period_long_dash": lambda value: (
            _in_words(str(value), "学年", "上学期", "下学期").replace("-", "—")
            if value
            else None
        ),
        "period_slash": lambda value: (
            _in_words(str(value), "学年", "秋季", "春季").replace("-", "/")
            if value
            else None
        ),
        "period_annual": lambda value: (
            _in_words(str(value), "学年度", "第一学期", "第二学期") if value else None
        ),
    },
    "yes_no": {
        "yes_digits": _yes_no("1", "0"),
        "yes_ticks": _yes_no("√", "×"),
        "yes_english": _yes_no("yes", "no"),
    },
    "account": {
        "account_spaced": lambda value: (
            " ".join(value[i : i + 4] for i in range(0, len(value), 4))
            if isinstance(value, str)
            else None
        ),
    },
    "phone": {
        "phone_float": lambda value: f"{value}.0" if value else None,
        "phone_number": lambda value: int(value) if isinstance(value, str) else None,
    },
}
COLUMN_FORMS["month_end"] = COLUMN_FORMS["month_start"]
COLUMN_FORMS["entry_day"] = COLUMN_FORMS["day"]
COLUMN_FORMS["leaving_day"] = COLUMN_FORMS["day"]
# Only where the day does not matter: the school year of entry.
ENTRY_FORMS: dict[str, Form] = {
    "entry_month": _day("Y年M月"),
    "entry_dots": _day("Y.M"),
    "entry_digits": _day("YMM"),
    "entry_year": _day("Y"),
    "entry_serial": _serial,
}
TEN_THOUSANDS: dict[str, Form] = {"money_ten_thousands": _ten_thousands}
TEN_THOUSANDS_TEXT: dict[str, Form] = {
    "money_ten_thousands_text": _money("{ten_thousands}万")
}

# Accidents of single cells. They leave number and name what they are.
ID_ACCIDENTS: dict[str, Callable[[str], str]] = {
    "id_apostrophe": lambda text: f"'{text}",
    "id_tab": lambda text: f"{text}\t",
    "id_leading_tab": lambda text: f"\t{text}",
    "id_spaces": lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
    "id_no_break_space": lambda text: f"\u00a0{text}",
    "id_full_width": lambda text: text.translate(_FULL_WIDTH),
    "id_lower_x": str.lower,
    "id_newline": lambda text: f"{text[:10]}\n{text[10:]}",
    "id_cyrillic_x": lambda text: text.replace("X", "Х"),
}
STUDENT_ID_ACCIDENTS: dict[str, Callable[[str], str]] = {
    "id_student_prefix": lambda text: f"G{text}",
    "id_disability_suffix": lambda text: f"{text}43",
}
NAME_ACCIDENTS: dict[str, Callable[[str], str]] = {
    "name_trailing_space": lambda text: f"{text} ",
    "name_full_width_space": lambda text: f"{text}\u3000",
    "name_former": lambda text: f"{text}（曾用名{text[0]}小）",
}
PLACE_ACCIDENTS: dict[str, Callable[[str], str]] = {
    "place_committee": lambda text: f"{text}委会" if text.endswith("村") else text,
    "place_bare": lambda text: text[:-1] if len(text) > 2 else text,
    "place_space": lambda text: f"{text} ",
}
NONE_WORDS = ("-", "/", "无")


def code_habit(list_name: str, rng: Random) -> Form:
    """One alias a label, drawn from the code list: a new row there is used at once."""
    by_label: dict[str, list[str]] = {}
    for code in codes.load(list_name).codes:
        by_label.setdefault(code.label, []).append(code.seen)
    drawn = {label: rng.choice(seen) for label, seen in sorted(by_label.items())}

    def typed(value: Value) -> Cell:
        if value is None:
            return drawn.get("")
        return drawn.get(str(value), str(value))

    return typed


def code_set_habit(list_name: str, rng: Random) -> Form:
    """Several values of one list, aliased, in another order, joined in another way."""
    one, joint = code_habit(list_name, rng), rng.choice((",", "，", "、", ";", " "))

    def typed(value: Value) -> Cell:
        if value is None:
            return one(None)
        labels = str(value).split(",")
        return joint.join(str(one(label)) for label in reversed(labels))

    return typed
