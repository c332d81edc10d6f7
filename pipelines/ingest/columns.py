"""Columns of cells → the text as read and the typed values, as lines of CSV.

Every distinct cell is read once by its kind and kept as a ready piece of a line, so
that a column of thirty thousand cells costs thirty thousand look-ups.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from pipelines.ingest.cells import ErrorText
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


def is_often_same(kind: Kind) -> bool:
    """Whether the text as read is left out where the value is that very text. No other
    line has a value without a text, but a period's may come from elsewhere."""
    return kind.fields[0][1] == "varchar" and kind.name != "period"


class Encoder:
    """Reads the cells of one declared column."""

    def __init__(self, column: ColumnSpec, in_ten_thousands: bool) -> None:
        self._kind: Kind = kind_named(column.kind)
        self._parse: Callable[[Cell], Parsed] = self._kind.parse
        if column.kind == "money" and in_ten_thousands:
            self._parse = lambda cell: parse_fen(cell, in_ten_thousands=True)
        self._nothing: tuple[Value, ...] = (None,) * len(self._kind.fields)
        self._is_figure = any(t in ("bigint", "double") for _, t in self._kind.fields)
        self._is_often_same = is_often_same(self._kind)
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
        for key in dict.fromkeys(keys):
            if key not in known:
                known[key] = self._piece(key[1] if isinstance(key, tuple) else key)  # type: ignore[arg-type]
        if self._kind.name in _NUMBERS:
            self._distrust_zeros()
        return list(map(known.__getitem__, keys))

    def _distrust_zeros(self) -> None:
        """Numbers that went through number cells and were made text again.

        One cut identity number in eleven ends in 000 by its check character too; an
        account of nineteen digits shows nothing but four zeros. Where several numbers
        of a column were cut, such a number is no evidence either.
        """
        texts = {
            key: text
            for key in self._known
            if isinstance(text := key[1] if isinstance(key, tuple) else key, str)
            and len(text) > _KEPT_DIGITS + 1
        }
        zeros = {k: t for k, t in texts.items() if _ZERO_TAIL.fullmatch(t.strip())}
        if len(zeros) < _SEVERAL_CUT:
            return
        if self._kind.name == "id_number":
            is_sure = sum(self._known[k].problem == _CUT for k in zeros) >= _SEVERAL_CUT
        else:
            is_sure = len(zeros) * 2 >= len(texts)
        for key, text in zeros.items() if is_sure else ():
            if self._kind.name == "id_number" and len(clean(text)) != _WHOLE_ID:
                continue  # a digit was left out by hand: no number cell shows seventeen
            if self._known[key].problem is None:
                values = self._nothing
                if self._kind.name == "id_number":
                    values = (stripped(text), None, "cut", clean(text)[:_KEPT_DIGITS])
                self._known[key] = Piece(
                    ",".join(map(_field, (text, *values))), _CUT, _is_null(values)
                )
                self.has_problems = True

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
        if parsed.problem is not None:
            self.has_problems = True
        values = parsed.values
        if self._is_often_same and values[0] == raw:  # what most cells are
            fields = "," + ",".join(map(_field, values))
        else:
            fields = ",".join([_field(value) for value in (raw, *values)])
        return Piece(fields, parsed.problem, _is_null(parsed.values))

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
