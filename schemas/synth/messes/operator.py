"""What a named mess is: which row of the field's list it stands for, and its effect.

An operator changes cells and, with them, what reading must give: a mess that destroys
a number makes the truth an empty field with an issue, not the number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random

from schemas.kinds import Cell
from schemas.synth.numbers import Numbers
from schemas.synth.people import Value
from schemas.synth.sheets import Book, Column, Line, Sheet, Wanted

# What the reader must do about it.
EFFECTS = {
    "truth": "read as what is true",
    "as_read": "read as it is written: whether it is true is a matter of findings",
    "null": "the field is empty and an issue names the cell",
    "held": "the row is set aside with its reason",
    "refused": "the file is refused by name",
    "noted": "read as what is true, and the operator is told",
    "duplicate": "the row is counted once",
}


@dataclass
class Pile:
    """The files of one export, and the chance that decides where a mess falls."""

    books: list[Book]
    rng: Random
    numbers: Numbers
    # Files as they arrive when not as the books tell: an archive of several.
    archives: dict[str, list[Book]] = field(default_factory=dict)

    def sheets(self) -> Iterator[tuple[Book, Sheet]]:
        """Every sheet that is a table of a source."""
        for book in self.books:
            for sheet in book.sheets:
                if sheet.source:
                    yield book, sheet

    def some(self, share: float = 0.4) -> bool:
        return self.rng.random() < share


@dataclass(frozen=True)
class Mess:
    """One operator; ``number`` is its row in section 1.8 of the field's description.

    ``apply`` answers how many places it changed: zero where the table has none.
    """

    number: int
    apply: Callable[[Pile], int]
    effect: str
    codes: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.apply.__name__


@dataclass(frozen=True)
class Spot:
    """One cell of one person, still written plainly."""

    book: Book
    sheet: Sheet
    column: Column
    line: Line
    wanted: Wanted
    place: int

    @property
    def cell(self) -> Cell:
        return self.line.cells[self.place]

    @property
    def text(self) -> str:
        return str(self.cell)

    @property
    def name(self) -> str:
        return self.column.name or ""

    def write(self, cell: Cell, **typed: Value) -> int:
        """Write the cell; ``typed``: suffix (``main`` for none) → what it means now."""
        self.line.cells[self.place] = cell
        self.wanted.touched.add(self.name)
        for suffix, value in typed.items():
            key = "" if suffix == "main" else f"_{suffix}"
            self.wanted.typed[self.name][key] = value
        return 1

    def spoil(self, cell: Cell, code: str) -> int:
        """Write a cell of which nothing may be read."""
        fields = self.wanted.typed[self.name]
        self.wanted.typed[self.name] = dict.fromkeys(fields)
        self.wanted.problems[self.name] = code
        return self.write(cell)

    def note(self, cell: Cell, code: str) -> int:
        """Write a cell that is read all the same, and said."""
        self.wanted.problems[self.name] = code
        return self.write(cell)


def spots(
    pile: Pile,
    kind: str | tuple[str, ...],
    *,
    named: Callable[[str], bool] = lambda _: True,
    where: Callable[[Cell], bool] = lambda cell: cell is not None and cell != "",
    share: float = 0.4,
) -> list[Spot]:
    """Some of the plain cells of a kind, at least one where there is any."""
    kinds = (kind,) if isinstance(kind, str) else kind
    found = [
        Spot(book, sheet, column, line, line.wanted, place)
        for book, sheet in pile.sheets()
        for place, column in enumerate(sheet.columns)
        if column.name and column.kind in kinds and named(column.name)
        for line in sheet.data
        if line.wanted is not None
        and column.name not in line.wanted.touched
        and where(line.cells[place])
    ]
    chosen = [spot for spot in found if pile.rng.random() < share]
    return chosen or found[:1]


def columns(pile: Pile, kind: str | tuple[str, ...]) -> list[Spot]:
    """All plain cells of one column of a kind, empty ones too: a column has a habit."""
    names = sorted({spot.name for spot in spots(pile, kind, share=1)})
    if not names:
        return []
    name = pile.rng.choice(names)
    return spots(pile, kind, named=lambda n: n == name, where=lambda _: True, share=1)


def heading_of(sheet: Sheet) -> Line:
    return next(line for line in sheet.lines if line.kind == "heading")
