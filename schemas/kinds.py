"""What a cell can mean: one frozen record a kind, from which the rest is derived.

A kind says how a cell is parsed, which typed columns come of it and whether it is
personal. ``parse`` never raises: what it cannot read becomes null and a problem.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from math import isfinite

from schemas import codes
from schemas.dates import Span, parse_period, parse_span, whole_month
from schemas.idnumber import parse_id
from schemas.money import parse_amount
from schemas.text import (
    NONE_WORDS,
    division_key,
    is_none_word,
    name_key,
    stripped,
    written_name,
)

Cell = str | int | float | bool | date | datetime | time | None
Value = str | int | float | bool | date | None


@dataclass(frozen=True)
class Parsed:
    """The typed values of one cell, one a field, and an issue code when doubtful."""

    values: tuple[Value, ...]
    problem: str | None = None


@dataclass(frozen=True)
class Kind:
    """A meaning of cells. ``fields``: (suffix of the column, SQL type), main first."""

    name: str
    title: str
    fields: tuple[tuple[str, str], ...]
    parse: Callable[[Cell], Parsed]
    personal: bool = False


def as_text(cell: Cell) -> str | None:
    """The text that the ledger keeps: numbers without a made-up ``.0``, ISO dates."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        if not isfinite(cell) or cell != int(cell):
            return repr(cell)
        # Fifteen digits are what Excel keeps and shows; more would be made up.
        return str(int(cell)) if abs(cell) < 1e15 else f"{Decimal(f'{cell:.15g}'):f}"
    if isinstance(cell, datetime):
        midnight = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
        return cell.date().isoformat() if midnight else cell.isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)


def _plain(cell: Cell) -> str | None:
    text = as_text(cell)
    if text is None or is_none_word(text):
        return None
    return stripped(text)


def _text(cell: Cell) -> Parsed:
    return Parsed((_plain(cell),))


# "张三等3人" stands for people nobody can name (mess 36).
_SEVERAL_PEOPLE = re.compile(
    r"等\s*[0-9一二三四五六七八九十两]+\s*[人名户个]|[2-9两二三四五六七八九][人名]$"
    "|[\u4e00-\u9fff]{2,4}\\s*[、,;/\n]\\s*[\u4e00-\u9fff]{2,4}"
)
_SEVERAL_IDS = re.compile("(?:[0-9]{17}[0-9X]){2,}")


# Figures alone, an office before a name (会计：李四), or a number beside it.
_NO_NAME = re.compile(r"^[0-9\s.,:/()（）、，。\-]+$|[:：]|[0-9０-９]{6}")
# What most cells hold, told at a glance: reading a county is mostly reading these.
_NONE = "|".join(sorted(filter(str.isalpha, NONE_WORDS)))
EASY_NAME = re.compile(
    f"(?!(?:{_NONE})$)(?:(?!等)[\u4e00-\u9fff]){{1,5}}(?![等人名])[\u4e00-\u9fff]"
)
EASY_ID = re.compile("[0-9]{15}(?!000)[0-9]{2}[0-9X]")


def _person_name(cell: Cell) -> Parsed:
    if isinstance(cell, str) and EASY_NAME.fullmatch(cell):
        return Parsed((cell, name_key(cell)))
    text = _plain(cell)
    if text is None:
        return Parsed((None, None))
    if _SEVERAL_PEOPLE.search(unicodedata.normalize("NFKC", text)):
        return Parsed((None, None), "ING_SEVERAL_PEOPLE")
    if not isinstance(cell, str) or _NO_NAME.search(written_name(text)):
        return Parsed((None, None), "ING_BAD_NAME")
    problem = None
    if "?" in text or "\ufffd" in text or any("\ue000" <= c <= "\uf8ff" for c in text):
        problem = "ING_ENCODING"
    return Parsed((text, name_key(text)), problem)


def _id_number(cell: Cell) -> Parsed:
    if isinstance(cell, str) and EASY_ID.fullmatch(cell):
        return Parsed((cell, cell, "id18", None))
    found = parse_id(cell)
    # Outer blanks and tabs are how exports force text: no finding, not kept.
    text = _plain(cell) if found.form != "missing" else None
    problem = "ING_NUMERIC_ID" if found.form == "cut" else None
    if found.form == "bad" and _SEVERAL_IDS.fullmatch(found.pid or ""):
        problem = "ING_SEVERAL_PEOPLE"
    return Parsed((text, found.pid, found.form, found.kept), problem)


def _first_day(cell: Cell) -> Parsed:
    span = _dated(cell)
    return span if isinstance(span, Parsed) else Parsed((span.first,))


def _last_day(cell: Cell) -> Parsed:
    """The end of the month: a cell of 1 August in a column of months says August."""
    span = _dated(cell)
    return span if isinstance(span, Parsed) else Parsed((whole_month(span).last,))


def _dated(cell: Cell) -> Span | Parsed:
    if not isinstance(cell, date | datetime) and _plain(cell) is None:
        return Parsed((None,))
    return parse_span(cell) or Parsed((None,), "ING_BAD_DATE")


# A year alone is how states write the autumn of entry and the summer of leaving.
_ENTRY, _LEAVING = (9, 1), (7, 1)
_BARE_YEAR = re.compile(r"((?:19|20)[0-9]{2})(?:\.0+)?\s*(?:年|级|届)?\s*(秋|春)?季?")


def _year_day(usual: tuple[int, int]) -> Callable[[Cell], Parsed]:
    """A day of study: ``2019`` is its usual day, ``2020年春季`` the first of March."""

    def parse(cell: Cell) -> Parsed:
        if not isinstance(cell, date | datetime):
            text = _plain(cell)
            if text is None:
                return Parsed((None,))
            found = _BARE_YEAR.fullmatch(unicodedata.normalize("NFKC", text))
            if found:
                season = {"秋": (9, 1), "春": (3, 1)}.get(found[2] or "", usual)
                return Parsed((date(int(found[1]), *season),))
        return DAY.parse(cell)

    return parse


def parse_fen(cell: Cell, in_ten_thousands: bool = False) -> Parsed:
    """Amount in fen; that a figure was in 万元 is said."""
    text = _plain(cell)
    if text is None or isinstance(cell, bool):
        return Parsed((None,))
    amount = parse_amount(text, in_ten_thousands)
    if amount is None:
        return Parsed((None,), "ING_BAD_AMOUNT")
    problem = "ING_TEN_THOUSANDS" if amount.was_in_ten_thousands else None
    return Parsed((amount.fen,), problem)


_YES = frozenset(
    {"是", "有", "1", "yes", "y", "true", "√", "✓", "✔", "对", "已", "属实"}
)
_NO = frozenset(
    {"否", "没有", "0", "no", "n", "false", "×", "✗", "x", "未", "不是", "错"}
)


_NONE_MEANS_NO = frozenset({"无", "未享受", "不享受"})


def _yes_no(cell: Cell) -> Parsed:
    text = _plain(cell)
    if text is None:
        # "无" under a yes/no heading answers no; other none-words answer nothing.
        is_no = isinstance(cell, str) and stripped(cell) in _NONE_MEANS_NO
        return Parsed((False if is_no else None,))
    word = unicodedata.normalize("NFKC", text).lower()
    word = re.sub(r"\.0+$", "", word)
    if word in _YES:
        return Parsed((True,))
    if word in _NO:
        return Parsed((False,))
    return Parsed((None,), "ING_BAD_YES_NO")


def _grant(cell: Cell) -> Parsed:
    """Whether somebody has the subsidy, and how much: 是, 否, 3000, or 0 for no."""
    said = stripped(as_text(cell) or "")
    if said.startswith(("未享受", "不享受", "未申请", "没有享受")):
        return Parsed((False, None))
    text = _plain(cell)
    if text is None:
        return Parsed((None, None))
    word = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", text).lower())
    if word in _NO:
        return Parsed((False, None))
    if word in _YES or word in ("享受", "已享受", "正在享受"):
        return Parsed((True, None))
    amount = parse_fen(cell)
    fen = amount.values[0]
    if not isinstance(fen, int):
        return Parsed((None, None), "ING_BAD_YES_NO")
    return Parsed((fen > 0, fen or None), amount.problem)


def _number(cell: Cell) -> Parsed:
    text = _plain(cell)
    if text is None or isinstance(cell, bool):
        return Parsed((None,))
    bare = unicodedata.normalize("NFKC", text).replace(",", "")
    found = re.fullmatch(r"(-?[0-9]+(?:\.[0-9]+)?)[^0-9.]{0,3}", bare)
    return Parsed((float(found[1]),)) if found else Parsed((None,), "ING_BAD_NUMBER")


_CHINESE_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"两": 2}


def _years(cell: Cell) -> Parsed:
    """Length of a programme in years: ``3``, ``三年制``, ``3年``, ``2.5年``."""
    text = _plain(cell)
    if text is None:
        return Parsed((None,))
    bare = unicodedata.normalize("NFKC", text)
    if found := re.search(r"([0-9](?:\.[0-9]+)?)(?:\s*年|$|\.0)", bare):
        return Parsed((float(found[1]),))
    if found := re.search(r"([一二两三四五六七八])\s*年", bare):
        return Parsed((float(_CHINESE_DIGITS[found[1]]),))
    return Parsed((None,), "ING_BAD_NUMBER")


def _division(cell: Cell) -> Parsed:
    text = _plain(cell)
    return Parsed((None, None) if text is None else (text, division_key(text)))


def _period(cell: Cell) -> Parsed:
    text = _plain(cell)
    if text is None:
        return Parsed((None, None))
    found = parse_period(text)
    if found is None:
        return Parsed((None, None), "ING_BAD_PERIOD")
    return Parsed((found.period_no, found.term))


_KEPT_DIGITS = 15  # of a number cell; what follows is made up
_EXPONENT = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]{1,2}")


def _digits(cell: Cell) -> Parsed:
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return Parsed((cell,))
    text = _plain(cell)
    if text is None:
        return Parsed((None,))
    bare = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", text))
    if _EXPONENT.fullmatch(bare.strip()):
        return Parsed((None,), "ING_NUMERIC_ID")
    kept = re.sub(r"[^0-9A-Za-z]", "", bare)
    if isinstance(cell, int | float) and len(kept) > _KEPT_DIGITS:
        return Parsed((None,), "ING_NUMERIC_ID")  # tail digits are invented
    return Parsed((kept or None,))


_NOT_VARCHAR = {
    "date": (("", "date"),),
    "boolean": (("", "boolean"),),
    "bigint": (("", "bigint"),),
    "double": (("", "double"),),
}
_VARCHAR = (("", "varchar"),)

TEXT = Kind("text", "文字", _VARCHAR, _text)
PERSON_NAME = Kind(
    "person_name", "姓名", (("", "varchar"), ("_key", "varchar")), _person_name, True
)
ID_NUMBER = Kind(
    "id_number",
    "证件号码",
    (("", "varchar"), ("_pid", "varchar"), ("_form", "varchar"), ("_kept", "varchar")),
    _id_number,
    True,
)
DAY = Kind("day", "日期", _NOT_VARCHAR["date"], _first_day)
ENTRY_DAY = Kind(
    "entry_day", "入学日期（只有年份计9月1日）", _NOT_VARCHAR["date"], _year_day(_ENTRY)
)
LEAVING_DAY = Kind(
    "leaving_day",
    "毕业日期（只有年份计7月1日）",
    _NOT_VARCHAR["date"],
    _year_day(_LEAVING),
)
MONTH_START = Kind("month_start", "年月（计首日）", _NOT_VARCHAR["date"], _first_day)
MONTH_END = Kind("month_end", "年月（计末日）", _NOT_VARCHAR["date"], _last_day)
MONEY = Kind("money", "金额（存为分）", _NOT_VARCHAR["bigint"], parse_fen)
YES_NO = Kind("yes_no", "是否", _NOT_VARCHAR["boolean"], _yes_no)
GRANT = Kind(
    "grant",
    "是否享受补助，或其金额",
    (("", "boolean"), ("_fen", "bigint")),
    _grant,
)
NUMBER = Kind("number", "数", _NOT_VARCHAR["double"], _number)
YEARS = Kind("years", "学制（年）", _NOT_VARCHAR["double"], _years)
DIVISION = Kind(
    "division", "乡镇或村", (("", "varchar"), ("_key", "varchar")), _division
)
PERIOD = Kind("period", "学年或学期", (("", "varchar"), ("_term", "integer")), _period)
PHONE = Kind("phone", "电话", _VARCHAR, _digits, True)
ACCOUNT = Kind("account", "银行账号", _VARCHAR, _digits, True)
OPAQUE_NO = Kind("opaque_no", "系统编号", _VARCHAR, _digits, True)


# Lists whose values are also written freely: what is unknown is kept as written.
OPEN_LISTS = frozenset({"education_help", "employment_help", "failure_reason"})
_SEPARATORS = re.compile(r"[,、;/|\s]+")


@cache
def code_kind(list_name: str) -> Kind:
    """The kind of one code list: its canonical label, or null and an issue.

    A list of two levels has a second field, ``_group``.
    """
    code_list = codes.load(list_name)
    is_open, has_groups = list_name in OPEN_LISTS, code_list.has_groups
    nothing = (None, None) if has_groups else (None,)

    def parse(cell: Cell) -> Parsed:
        text = as_text(cell)
        if text is None or not stripped(text):
            return Parsed(nothing)
        found = code_list.find(text)
        if found is not None:
            label = found.label or None
            return Parsed((label, found.group or None) if has_groups else (label,))
        if is_none_word(text):
            return Parsed(nothing)
        if is_open:
            return Parsed((stripped(text),), "ING_UNKNOWN_CODE")
        return Parsed(nothing, "ING_UNKNOWN_CODE")

    fields = (*_VARCHAR, ("_group", "varchar")) if has_groups else _VARCHAR
    return Kind(f"code:{list_name}", code_list.title, fields, parse)


@cache
def code_set_kind(list_name: str) -> Kind:
    """Several values of one list in one cell: their labels in the list's order,
    joined by a comma whatever joined them and in whatever order they were written."""
    code_list = codes.load(list_name)
    is_open = list_name in OPEN_LISTS

    def parse(cell: Cell) -> Parsed:
        text = as_text(cell)
        if text is None or is_none_word(text):
            return Parsed((None,))
        whole = code_list.find(text)
        if whole is not None:  # an alias may hold a separator itself
            return Parsed((whole.label or None,))
        parts = _SEPARATORS.split(unicodedata.normalize("NFKC", stripped(text)))
        written = [part for part in parts if part and not is_none_word(part)]
        found = {part: code_list.find(part) for part in written}
        labels = {code.label for code in found.values() if code is not None}
        kept = [label for label in code_list.labels if label in labels]
        unknown = [part for part, code in found.items() if code is None]
        if is_open:
            kept += unknown
        problem = "ING_UNKNOWN_CODE" if unknown else None
        return Parsed((",".join(kept) or None,), problem)

    return Kind(f"codes:{list_name}", f"{code_list.title}（可多项）", _VARCHAR, parse)


_PLAIN_KINDS = (
    TEXT, PERSON_NAME, ID_NUMBER, DAY, ENTRY_DAY, LEAVING_DAY, MONTH_START, MONTH_END,
    MONEY, YES_NO, GRANT, NUMBER, YEARS, DIVISION, PERIOD, PHONE, ACCOUNT, OPAQUE_NO,
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _PLAIN_KINDS}


def kind_named(name: str) -> Kind:
    """The kind of that name; ``code:<list>`` for a code list, ``codes:`` for several."""
    if name.startswith("codes:"):
        return code_set_kind(name[6:])
    return code_kind(name[5:]) if name.startswith("code:") else KINDS[name]
