"""What the values under a heading look like, whatever the heading says.

A column is never mapped by its looks: they only speak against a heading that its
values contradict, and for a person who has to name an unknown one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from functools import cache

from schemas import codes
from schemas.dates import parse_span
from schemas.idnumber import birth_date, parse_id
from schemas.kinds import EASY_ID, EASY_NAME, Cell, as_text, kind_named
from schemas.spec import ColumnSpec
from schemas.text import fold, is_none_word, name_key, stripped

SHAPES = {
    "id": "18位证件号码",
    "long": "长数字（账号、编号）",
    "phone": "手机号码",
    "day": "日期",
    "year": "年份",
    "amount": "数字",
    "yes_no": "是否",
    "sex": "性别",
    "code": "户类型、学历、关系等选项",
    "household": "户类型",
    "school": "学校名称",
    "place": "乡镇或村名",
    "name": "姓名样的短文字",
    "text": "其他文字",
}

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_FIGURES = re.compile(r"[0-9]+")
_AMOUNT = re.compile(r"[¥￥]?-?[0-9][0-9,]*(?:\.[0-9]+)?(?:万?元)?(?:/[年人学期生]+)?")
_DAY_MARK = re.compile(r"[-年./月]")
_YEAR = re.compile(r"20(?:0[1-9]|[12][0-9]|3[0-5])(?:\.0+)?")
_SCHOOL = re.compile(r"(?:学校|学院|大学|中学|职校|技校|职中|中专|职业高中|分校|校区)$")
_PLACE = re.compile(r"..+(?:村|乡|镇|社区|街道|居委会|村委会|办事处)$")
_HOUSEHOLD = re.compile(r"户$")
_NAME = re.compile(
    "[\u4e00-\u9fff\u3400-\u4dbf]{2,4}|[\u4e00-\u9fff]+[·•‧・．][\u4e00-\u9fff·•‧・．]+"
)
_LISTS = (
    "relation", "education", "school_state", "household_type", "monitored_category",
    "school_level", "payment_status", "review_status", "departure_reason",
)  # fmt: skip
_ANSWERS = frozenset({"是", "否", "有", "无", "没有", "√", "×"})

_FIGURE_LIKE = frozenset({"id", "long", "phone", "day", "year", "amount"})
_WORD_LIKE = frozenset({"yes_no", "sex", "code", "school", "place", "name"})
# What can never stand under a heading of this kind, though it fills most of it.
_AGAINST: dict[str, frozenset[str]] = {
    "person_name": _FIGURE_LIKE
    | {"yes_no", "sex", "code", "household", "school", "place"},
    "id_number": _WORD_LIKE | {"household", "phone", "day", "year", "amount", "text"},
    "money": _WORD_LIKE | {"household", "id", "long", "phone", "day", "year", "text"},
    "account": _WORD_LIKE | {"household", "id", "day", "year", "text"},
    # figures may be the codes of places: unknown, but nothing else
    "division": frozenset({"id", "phone", "day", "yes_no", "sex", "code", "household"}),
}
# A list or a month may be written in a new way: only what is surely something else
# speaks against it.
_AGAINST_OTHERS = frozenset(SHAPES) - {"text", "name", "household"}
# The looks by which an unknown heading may be known again.
_TELLING = {
    "person_name": "name", "id_number": "id", "money": "amount", "account": "long",
    "division": "place", "month_start": "day", "month_end": "day",
}  # fmt: skip


def is_empty(cell: Cell) -> bool:
    return is_none_word(cell) if isinstance(cell, str) else cell is None


@cache
def _code_words() -> frozenset[str]:
    return frozenset(key for name in _LISTS for key in codes.load(name).by_key if key)


def shape_of(cell: Cell) -> str:
    """One of ``SHAPES``: what a filled cell looks like."""
    if cell.__class__ is str:  # what most cells are needs no second look
        if EASY_NAME.fullmatch(cell):
            return _text_shape(cell)
        if EASY_ID.fullmatch(cell) and birth_date(cell):
            return "id"
    if isinstance(cell, date | datetime | time):
        return "day"
    if isinstance(cell, bool):
        return "yes_no"
    found = parse_id(cell)
    if found.form in ("id15", "disability", "student_no", "cut"):
        return "id"
    if found.form == "id18" and found.pid and birth_date(found.pid):
        return "id"
    text = unicodedata.normalize("NFKC", stripped(as_text(cell) or ""))
    return _text_shape(text)


@cache
def _text_shape(text: str) -> str:
    bare = text.replace(" ", "").removesuffix(".0")
    if _PHONE.fullmatch(bare):
        return "phone"
    if _YEAR.fullmatch(bare):
        return "year"
    is_figures = bool(_FIGURES.fullmatch(bare))
    if is_figures and len(bare) >= 12:
        return "long"
    if (_DAY_MARK.search(bare) or len(bare) in (6, 8)) and parse_span(bare):
        return "day"
    if _AMOUNT.fullmatch(bare):
        return "amount"
    if bare in _ANSWERS:
        return "yes_no"
    if bare in ("男", "女", "男性", "女性"):
        return "sex"
    if fold(bare) in _code_words():
        return "code"
    for pattern, shape in (
        (_SCHOOL, "school"),
        (_HOUSEHOLD, "household"),
        (_PLACE, "place"),
    ):
        if pattern.search(bare):
            return shape
    return "name" if _NAME.fullmatch(bare) else "text"


def contradicts(column: ColumnSpec) -> Callable[[Cell], bool]:
    """Whether a filled cell cannot be what the column means."""
    parse = kind_named(column.kind).parse
    against = _AGAINST.get(column.kind)
    if against is None:
        return lambda c: parse(c).problem is not None and shape_of(c) in _AGAINST_OTHERS
    if column.kind == "person_name" or column.kind == "division":
        return lambda c: shape_of(c) in against
    if column.kind == "money":  # 0.3万 and 3000元/生 are amounts though no figures
        return lambda c: (
            shape_of(c) in against
            and (shape_of(c) != "text" or parse(c).values[0] is None)
        )
    # An account that went through a number cell is damaged, not in the wrong column.
    return lambda c: (
        shape_of(c) in against
        and not _is_damaged_number(c)
        and parse(c).problem != "ING_NUMERIC_ID"
    )


def _is_damaged_number(cell: Cell) -> bool:
    """Letters among so many figures are a number typed wrong, not another meaning."""
    text = as_text(cell) or ""
    return shape_of(cell) == "text" and sum(c.isdigit() for c in text) >= 8


def fits(column: ColumnSpec) -> Callable[[Cell], bool] | None:
    """Whether a filled cell looks so much like the column that it may be named;
    null for columns that nothing can be told by."""
    if column.kind.startswith("code:"):
        find = codes.load(column.kind[5:]).find
        return lambda c: find(as_text(c) or "") is not None
    telling = _TELLING.get(column.kind)
    return None if telling is None else lambda c: shape_of(c) == telling


def mark_of(cell: Cell) -> str | None:
    """A short hash by which a value is known again in another export, told to nobody:
    thirty-two bits stand for thousands of possible numbers."""
    if isinstance(cell, str) and EASY_NAME.fullmatch(cell):
        key = name_key(cell)
        return mark(key) if key else None
    found = parse_id(cell)
    if found.form in ("id18", "id15", "disability", "student_no"):
        key = found.pid
    else:
        text = stripped(as_text(cell) or "")
        key = text if text.isascii() else name_key(text)
    return mark(key) if key else None


def mark(key: str) -> str:
    """The first eight characters of the key's MD5, as the database makes it too."""
    return hashlib.md5(key.encode(), usedforsecurity=False).hexdigest()[:8]


def sampled(cells: Sequence[Cell], most: int) -> list[Cell]:
    """At most so many filled cells, from all over the column."""
    # No figure is empty, so that it does not matter that 1, 1.0 and True are one here.
    empty = {cell for cell in set(cells) if is_empty(cell)}
    filled = [cell for cell in cells if cell not in empty]
    step = max(1, -(-len(filled) // most))
    return filled[::step]


def most_common(shapes: Iterable[str]) -> tuple[str | None, int]:
    """The shape that stands most often, and how often; by the order of SHAPES."""
    counted = Counter(shapes)
    order = list(SHAPES)
    best = max(counted, key=lambda s: (counted[s], -order.index(s)), default=None)
    return best, counted[best] if best else 0
