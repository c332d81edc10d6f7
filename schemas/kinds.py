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
from decimal import Decimal, InvalidOperation
from functools import cache

from schemas import codes
from schemas.dates import parse_period, parse_span
from schemas.idnumber import parse_id
from schemas.text import division_key, is_none_word, name_key, stripped

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
        if cell != cell or cell != int(cell):
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
_SEVERAL_PEOPLE = re.compile(r"等\s*[0-9一二三四五六七八九十两]+\s*[人名户]")


# What most cells hold, told at a glance: reading a county is mostly reading these.
_EASY_NAME = re.compile("[\u4e00-\u9fff]{2,6}")
_EASY_ID = re.compile("[0-9]{17}[0-9X]")


def _person_name(cell: Cell) -> Parsed:
    if isinstance(cell, str) and _EASY_NAME.fullmatch(cell) and "等" not in cell:
        return Parsed((cell, name_key(cell)))
    text = _plain(cell)
    if text is None:
        return Parsed((None, None))
    if _SEVERAL_PEOPLE.search(unicodedata.normalize("NFKC", text)):
        return Parsed((None, None), "ING_SEVERAL_PEOPLE")
    if not isinstance(cell, str):
        return Parsed((None, None), "ING_BAD_NAME")
    problem = None
    if "?" in text or "\ufffd" in text or any("\ue000" <= c <= "\uf8ff" for c in text):
        problem = "ING_ENCODING"
    return Parsed((text, name_key(text)), problem)


def _id_number(cell: Cell) -> Parsed:
    if isinstance(cell, str) and _EASY_ID.fullmatch(cell) and cell[15:] != "000":
        return Parsed((cell, cell, "id18", None))
    found = parse_id(cell)
    # Outer blanks and tabs are how exports force text: no finding, not kept.
    text = _plain(cell) if found.form != "missing" else None
    problem = "ING_NUMERIC_ID" if found.form == "cut" else None
    return Parsed((text, found.pid, found.form, found.kept), problem)


def _span(which: int) -> Callable[[Cell], Parsed]:
    def parse(cell: Cell) -> Parsed:
        if not isinstance(cell, date | datetime) and _plain(cell) is None:
            return Parsed((None,))
        span = parse_span(cell)
        return (
            Parsed((None,), "ING_BAD_DATE") if span is None else Parsed((span[which],))
        )

    return parse


_AMOUNT = re.compile(r"[¥￥]?(-?[0-9]+(?:\.[0-9]+)?)(万)?元?(?:/?[每年人学期生]*)?")
TEN_THOUSAND = 10_000
_LEAST_YUAN = 10  # nobody is paid nine yuan: such a figure is in 万元


def parse_fen(cell: Cell, in_ten_thousands: bool = False) -> Parsed:
    """Amount in fen. ``0.3``, ``0.3万`` and a 万元 heading mean 3,000 yuan, and it is said."""
    text = _plain(cell)
    if text is None or isinstance(cell, bool):
        return Parsed((None,))
    bare = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    found = _AMOUNT.fullmatch(bare)
    if found is None:
        return Parsed((None,), "ING_BAD_AMOUNT")
    try:
        yuan = Decimal(found[1])
    except InvalidOperation:
        return Parsed((None,), "ING_BAD_AMOUNT")
    small = 0 < yuan < _LEAST_YUAN and yuan != int(yuan)
    if found[2] or small or (in_ten_thousands and 0 < yuan < _LEAST_YUAN):
        return Parsed(
            (int((yuan * TEN_THOUSAND * 100).to_integral_value()),), "ING_TEN_THOUSANDS"
        )
    return Parsed((int((yuan * 100).to_integral_value()),))


_YES = frozenset(
    {"是", "有", "1", "yes", "y", "true", "√", "✓", "✔", "对", "已", "属实"}
)
_NO = frozenset(
    {"否", "没有", "0", "no", "n", "false", "×", "✗", "x", "未", "不是", "错"}
)


def _yes_no(cell: Cell) -> Parsed:
    text = _plain(cell)
    if text is None:
        # "无" under a yes/no heading answers no; other none-words answer nothing.
        return Parsed(
            (False if isinstance(cell, str) and stripped(cell) == "无" else None,)
        )
    word = unicodedata.normalize("NFKC", text).lower()
    word = re.sub(r"\.0+$", "", word)
    if word in _YES:
        return Parsed((True,))
    if word in _NO:
        return Parsed((False,))
    return Parsed((None,), "ING_BAD_YES_NO")


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


def _digits(cell: Cell) -> Parsed:
    if isinstance(cell, str) and cell.isascii() and cell.isdigit():
        return Parsed((cell,))
    text = _plain(cell)
    if text is None:
        return Parsed((None,))
    bare = re.sub(r"\.0+$", "", unicodedata.normalize("NFKC", text))
    kept = re.sub(r"[^0-9A-Za-z]", "", bare)
    if isinstance(cell, float) and len(kept) > 15:
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
DAY = Kind("day", "日期", _NOT_VARCHAR["date"], _span(0))
MONTH_START = Kind("month_start", "年月（计首日）", _NOT_VARCHAR["date"], _span(0))
MONTH_END = Kind("month_end", "年月（计末日）", _NOT_VARCHAR["date"], _span(1))
MONEY = Kind("money", "金额（存为分）", _NOT_VARCHAR["bigint"], parse_fen)
YES_NO = Kind("yes_no", "是否", _NOT_VARCHAR["boolean"], _yes_no)
NUMBER = Kind("number", "数", _NOT_VARCHAR["double"], _number)
YEARS = Kind("years", "学制（年）", _NOT_VARCHAR["double"], _years)
DIVISION = Kind(
    "division", "乡镇或村", (("", "varchar"), ("_key", "varchar")), _division
)
PERIOD = Kind("period", "学年或学期", (("", "varchar"), ("_term", "integer")), _period)
PHONE = Kind("phone", "电话", _VARCHAR, _digits, True)
ACCOUNT = Kind("account", "银行账号", _VARCHAR, _digits, True)
OPAQUE_NO = Kind("opaque_no", "系统编号", _VARCHAR, _digits, True)


@cache
def code_kind(list_name: str) -> Kind:
    """The kind of one code list: its canonical label, or null and an issue."""
    code_list = codes.load(list_name)

    def parse(cell: Cell) -> Parsed:
        text = as_text(cell)
        if text is None or not stripped(text):
            return Parsed((None,))
        found = code_list.find(text)
        if found is not None:
            return Parsed((found.label or None,))
        return Parsed((None,), None if is_none_word(text) else "ING_UNKNOWN_CODE")

    return Kind(f"code:{list_name}", code_list.title, _VARCHAR, parse)


_PLAIN_KINDS = (
    TEXT, PERSON_NAME, ID_NUMBER, DAY, MONTH_START, MONTH_END, MONEY, YES_NO, NUMBER,
    YEARS, DIVISION, PERIOD, PHONE, ACCOUNT, OPAQUE_NO,
)  # fmt: skip
KINDS: dict[str, Kind] = {kind.name: kind for kind in _PLAIN_KINDS}


def kind_named(name: str) -> Kind:
    """The kind of that name; ``code:<list>`` for a code list."""
    return code_kind(name[5:]) if name.startswith("code:") else KINDS[name]
