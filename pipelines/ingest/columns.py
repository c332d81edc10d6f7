"""Columns of cells → the text as read and the typed values, as lines of CSV.

Every distinct cell is read once by its kind and kept as a ready piece of a line, so
that a column of thirty thousand cells costs thirty thousand look-ups.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import partial
from itertools import repeat
from typing import NamedTuple

from pipelines.ingest.cells import ErrorText
from pipelines.ingest.ordinary import ORDINARY, Ordinary
from schemas.idnumber import clean
from schemas.kinds import Cell, Kind, Parsed, Value, as_text, kind_named, parse_fen
from schemas.spec import ColumnSpec, SourceSpec
from schemas.text import stripped

_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_BIGINT = 2**63
_CUT = "ING_NUMERIC_ID"
_WHOLE_ID = 18
_SEVERAL_CUT = 2
# Digits that a number cell keeps, and zeros that it makes up.
_ZERO_TAIL = re.compile("[0-9]{15}0{2,4}")
_NUMBERS = frozenset({"id_number", "account", "opaque_no"})
_KEPT_DIGITS = 15


class Piece(NamedTuple):
    """What one cell becomes: its part of the line, and an issue code when doubtful."""

    text: str
    problem: str | None
    is_null: bool


_new_piece = partial(tuple.__new__, Piece)


def is_often_same(kind: Kind) -> bool:
    """Whether the text as read is left out where the value is that very text. No other
    line has a value without a text, but a period's may come from elsewhere."""
    return kind.fields[0][1] == "varchar" and kind.name != "period"


class Encoder:
    """Reads the cells of one declared column."""

    def __init__(
        self,
        column: ColumnSpec,
        in_ten_thousands: bool,
        *,
        has_made_up_zeros: bool = False,
    ) -> None:
        self._kind: Kind = kind_named(column.kind)
        self._parse: Callable[[Cell], Parsed] = self._kind.parse
        if column.kind == "money" and in_ten_thousands:
            self._parse = lambda cell: parse_fen(cell, in_ten_thousands=True)
        self._nothing: tuple[Value, ...] = (None,) * len(self._kind.fields)
        self._is_figure = any(t in ("bigint", "double") for _, t in self._kind.fields)
        self._is_often_same = is_often_same(self._kind)
        self._ordinary = None if has_made_up_zeros else ORDINARY.get(self._kind.name)
        self._has_made_up_zeros = has_made_up_zeros
        self._known: dict[object, Piece] = {}
        self.has_problems = False
        self.nothing = self._piece(None)

    def encode(self, cells: Sequence[Cell]) -> list[Piece]:
        """One piece a cell; equal cells of one type share theirs."""
        if set(map(type, cells)) <= {str}:
            keys: Iterable[object] = cells
        else:
            # 1, 1.0 and True are equal and would share one piece.
            keys = [c if c.__class__ is str else (c.__class__, c) for c in cells]
        known = self._known
        fresh = [key for key in dict.fromkeys(keys) if key not in known]
        if self._ordinary is not None:
            fresh = self._learn(self._ordinary, fresh)
        for key in fresh:
            known[key] = self._piece(key[1] if isinstance(key, tuple) else key)  # type: ignore[arg-type]
        return list(map(known.__getitem__, keys))

    def _learn(self, ordinary: Ordinary, keys: Sequence[object]) -> list[object]:
        """The keys that have to be looked at one by one; the others are known now."""
        match = ordinary.pattern.fullmatch
        usual = [k for k in keys if k.__class__ is str and match(k)]
        pieces = zip(ordinary.fields(usual), repeat(None), repeat(False), strict=False)
        self._known.update(zip(usual, map(_new_piece, pieces), strict=True))
        return (
            [] if len(usual) == len(keys) else [k for k in keys if k not in self._known]
        )

    def instead(self, cell: Cell, other: Cell) -> Piece | None:
        """The cell's own text with the values another cell gives; null if none."""
        parsed = self._read(other)
        if parsed.problem or _is_null(parsed.values):
            return None
        fields = ",".join(map(_field, (as_text(cell), *parsed.values)))
        return Piece(fields, None, is_null=False)

    def _piece(self, cell: Cell) -> Piece:
        raw = cell or None if cell.__class__ is str else as_text(cell)
        parsed = self._read(cell)
        if self._has_made_up_zeros and parsed.problem is None:
            parsed = self._distrusted(cell) or parsed
        if parsed.problem is not None:
            self.has_problems = True
        values = parsed.values
        if self._is_often_same and values[0] == raw:  # what most cells are
            fields = "," + ",".join(map(_field, values))
        else:
            fields = ",".join([_field(value) for value in (raw, *values)])
        return Piece(fields, parsed.problem, _is_null(parsed.values))

    def _distrusted(self, cell: Cell) -> Parsed | None:
        """What a number with zeros at its end is where these are often made up."""
        if not isinstance(cell, str) or not _has_zero_tail(cell):
            return None
        if self._kind.name != "id_number":
            return Parsed(self._nothing, _CUT)
        if len(clean(cell)) != _WHOLE_ID:
            return None  # a digit was left out by hand: no number cell shows seventeen
        return Parsed((stripped(cell), None, "cut", clean(cell)[:_KEPT_DIGITS]), _CUT)

    def _read(self, cell: Cell) -> Parsed:
        if isinstance(cell, str):
            if isinstance(cell, ErrorText):
                return Parsed(self._nothing, "ING_ERROR_CELL")
            if cell.startswith('="') and (inner := _FORMULA_TEXT.fullmatch(cell)):
                cell = inner[1].replace('""', '"')
        try:
            parsed = self._parse(cell)
        except (ValueError, OverflowError, ArithmeticError):
            return Parsed(self._nothing, "ING_BAD_VALUE")
        if self._is_figure and not all(map(_fits, parsed.values)):
            return Parsed(self._nothing, "ING_BAD_VALUE")
        return parsed


def has_made_up_zeros(column: ColumnSpec, cells: Iterable[Cell]) -> bool:
    """Whether numbers of a whole column went through number cells and were made text
    again.

    One cut identity number in eleven ends in 000 by its check character too; an
    account of nineteen digits shows nothing but four zeros. Where several numbers of a
    column were cut, such a number is no evidence either.
    """
    if column.kind not in _NUMBERS:
        return False
    texts = {c for c in cells if isinstance(c, str) and len(c) > _KEPT_DIGITS + 1}
    zeros = set(filter(_has_zero_tail, texts))
    if len(zeros) < _SEVERAL_CUT:
        return False
    if column.kind != "id_number":
        return len(zeros) * 2 >= len(texts)
    parse = kind_named(column.kind).parse
    return sum(parse(text).problem == _CUT for text in zeros) >= _SEVERAL_CUT


def _has_zero_tail(text: str) -> bool:
    return "00" in text and _ZERO_TAIL.fullmatch(text.strip()) is not None


def _is_null(values: tuple[Value, ...]) -> bool:
    """Whether nothing was read; an ID's form alone says nothing of a person."""
    return values[0] is None and (len(values) < 3 or values[1] is None)


def _fits(value: Value) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or abs(value) < _BIGINT


def _field(value: Value) -> str:
    """One CSV field: text always quoted, null empty."""
    if isinstance(value, str):
        if '"' in value or "\x00" in value:
            value = value.replace('"', '""').replace("\x00", "\ufffd")
        return f'"{value}"'
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else repr(value)


def csv_line(values: Iterable[Value]) -> str:
    """Values as one line in the form that the parent loads."""
    return ",".join(map(_field, values)) + "\n"


def texts_left_out(source: SourceSpec) -> dict[str, str]:
    """Columns of a line that hold the text as read, and where it is to be found when
    they are empty."""
    return {
        f"raw_{column.name}": column.name + kind.fields[0][0]
        for column in source.columns
        if is_often_same(kind := kind_named(column.kind))
    }


def load_columns(source: SourceSpec) -> tuple[tuple[str, str], ...]:
    """(name, SQL type) of a line: its sheet and row, why held, then each column as
    read (``raw_<name>``) followed by its typed fields."""
    columns = [
        ("sheet_id", "bigint"),
        ("row_no", "integer"),
        ("hold_code", "varchar"),
    ]
    for column in source.columns:
        columns.append((f"raw_{column.name}", "varchar"))
        columns += [
            (column.name + suffix, sql_type)
            for suffix, sql_type in kind_named(column.kind).fields
        ]
    return tuple(columns)
