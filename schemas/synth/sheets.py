"""Books before they are written: columns, lines of known kinds, merged areas."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from schemas.kinds import Cell
from schemas.synth.people import Payment, Person, RosterRow, Value

Subject = Person | RosterRow | Payment | None


@dataclass
class Column:
    """One column of a sheet; ``name`` is null when no source declares it."""

    heading: str
    name: str | None = None
    kind: str = "text"
    form: str = ""
    typed: Callable[[Value], Cell] | None = None


@dataclass(eq=False)
class Line:
    """One physical row; ``kind`` is the ledger's word, or ``data``."""

    kind: str
    cells: list[Cell]
    subject: Subject = None


@dataclass
class Merge:
    """A merged area, told by its first and last line so that rows may be inserted."""

    first: Line
    last: Line
    left: int
    right: int


@dataclass
class Sheet:
    """One sheet: its columns, and every row above, in and below the table."""

    name: str
    source: str
    columns: list[Column]
    lines: list[Line]
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False

    @property
    def data(self) -> list[Line]:
        return [line for line in self.lines if line.kind == "data"]

    def place_of(self, name: str) -> int | None:
        """The position of a declared column, the first when there are two."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        return None


@dataclass
class Book:
    """One file to be: ``form`` is xlsx, utf-8, utf-8-sig or gb18030 (a csv)."""

    path: str
    sheets: list[Sheet]
    form: str = "xlsx"
    has_wrong_dimension: bool = False
    copies: tuple[str, ...] = ()
