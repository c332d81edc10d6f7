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


@dataclass
class Wanted:
    """What reading one data row must give, whatever was done to its cells.

    ``typed``: column → suffix of the typed column → value; a suffix not told is not
    compared. ``problems``: column → issue code. ``touched``: columns already written
    in some odd way, which no second mess may touch.
    """

    typed: dict[str, dict[str, Value]]
    fate: str = "accepted"
    reason: str | None = None
    problems: dict[str, str] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)


@dataclass(eq=False)
class Line:
    """One physical row; ``kind`` is the ledger's word, or ``data``.

    ``values``: what the cells say, by declared column, before they were typed.
    """

    kind: str
    cells: list[Cell]
    subject: Subject = None
    wanted: Wanted | None = None
    is_hidden: bool = False
    is_red: bool = False
    values: dict[str, Value] = field(default_factory=dict)


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
    has_filter: bool = False

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
    """One file to be: ``form`` is xlsx, utf-8, utf-8-sig or gb18030 (a csv), or one
    of ``schemas.synth.forms``.

    ``outcome`` and ``said``: what must become of the file, and be said about it;
    ``needs_cells``, ``needs_merges``: as plain text it would mean something else.
    """

    path: str
    sheets: list[Sheet]
    form: str = "xlsx"
    has_wrong_dimension: bool = False
    copies: tuple[str, ...] = ()
    needs_cells: bool = False
    needs_merges: bool = False
    outcome: str = "read"
    said: set[str] = field(default_factory=set)
