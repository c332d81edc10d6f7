"""The data rows under one heading → CSV lines: row number, why held, columns."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from copy import copy

from pipelines.ingest.columns import Encoder, Piece, has_made_up_zeros
from pipelines.ingest.grid import Sheet
from pipelines.ingest.headings import Layout
from pipelines.ingest.hints import SheetHints
from pipelines.ingest.reports import CellIssue, Lists, address
from pipelines.ingest.rows import Block
from pipelines.ingest.totals import id_columns, id_total, money_columns
from schemas.kinds import Cell, Value, as_text, kind_named
from schemas.spec import ColumnSpec, SourceSpec
from schemas.text import fold

_SEVERAL = "ING_SEVERAL_PEOPLE"
_WHO = ("name", "id_number")
_PERSON = ("name", "id_number", "holder_name", "account_no")


class BlockWriter:
    """The data rows of one block as CSV lines: number, hold code, then columns."""

    def __init__(
        self,
        layout: Layout,
        block: Block,
        hints: SheetHints,
        lists: Lists,
        sheet: Sheet,
    ) -> None:
        self._source: SourceSpec = layout.source
        self._block = block
        self._row_nos = block.row_nos
        self.issues = lists.issues
        self._valueless = sheet.valueless
        self._in_ten_thousands = hints.in_ten_thousands
        self._is_incomplete = bool(layout.missing)
        self._columns = block.columns
        self.places = Layout(layout.source, 0, 0, block.headings).places
        self.used = {name: self._chosen(name, at) for name, at in self.places.items()}
        # By whole columns: who makes some of the lines must not judge by these alone.
        self._zeros = {
            name
            for name, (at, *_) in self.used.items()
            if has_made_up_zeros(self._source.column(name), self.cells(at))
        }

    @property
    def height(self) -> int:
        return len(self._block.row_nos)

    def lines(self, sheet_id: int, first: int, last: int) -> Iterator[str]:
        """One CSV line a data row, for the rows from ``first`` to before ``last``."""
        part = copy(self)
        part._row_nos = self._block.row_nos[first:last]
        part._columns = {at: c[first:last] for at, c in self._columns.items()}
        return part._lines(sheet_id)

    def _lines(self, sheet_id: int) -> Iterator[str]:
        pieces = [self._pieces(column.name) for column in self._source.columns]
        numbers = map(str, self._row_nos)
        texts = [[piece.text for piece in column] for column in pieces]
        for parts in zip(numbers, self._holds(pieces), *texts, strict=True):
            yield f"{sheet_id},{','.join(parts)}\n"

    @property
    def id_total(self) -> int:
        """Of the cells as they were read, before anything was made of them."""
        return sum(
            weight * id_total(self._block.row_nos, self.cells(used[0]))
            for weight, column in enumerate(id_columns(self._source), start=1)
            if (used := self.used.get(column.name)) and self._block.row_nos
        )

    @property
    def fen_total(self) -> int:
        """Of the amounts as their cells are understood."""
        total = 0
        for column in money_columns(self._source):
            used = self.used.get(column.name)
            if used and self._block.row_nos:
                pieces = self._encoder(column, used).encode(self.cells(used[0]))
                # The typed value is the last field of the piece.
                fen = {p: int(p.text.rpartition(",")[2] or 0) for p in set(pieces)}
                row_nos = self._block.row_nos
                total += sum(n * fen[p] for n, p in zip(row_nos, pieces, strict=True))
        return total

    def _encoder(self, column: ColumnSpec, used: tuple[int, ...]) -> Encoder:
        heading = "".join(
            h.text for h in self._block.headings if h.column_no - 1 in used
        )
        return Encoder(
            column,
            self._in_ten_thousands or "万元" in heading,
            has_made_up_zeros=column.name in self._zeros,
        )

    def _chosen(self, name: str, at: tuple[int, ...]) -> tuple[int, ...]:
        """The indexes that are read: of doubled headings the first that has values."""
        if self._source.column(name).kind == "period":
            texts = {
                i: h.text for h in self._block.headings if (i := h.column_no - 1) in at
            }
            firsts = {fold(text): i for i, text in sorted(texts.items(), reverse=True)}
            return tuple(sorted(firsts.values()))
        filled = (i for i in at if any(c not in ("", None) for c in self.cells(i)))
        return (next(filled, at[0]),)

    def cells(self, index: int) -> Sequence[Cell]:
        """The cells of one column of the sheet, by its index from 0."""
        return self._columns.get(index, ())

    def heading(self, index: int) -> str:
        """The text of the heading over a column."""
        return next(h.text for h in self._block.headings if h.column_no == index + 1)

    def _pieces(self, name: str) -> list[Piece]:
        column = self._source.column(name)
        used = self.used.get(name, ())
        encoder = self._encoder(column, used)
        cells = self._joined_cells(used)
        pieces = encoder.encode(cells) if used else [encoder.nothing] * len(cells)
        if encoder.has_problems:
            self._note_problems(pieces, name, used[0])
        if self._valueless and used:
            self._note_valueless(name, used[0])
        if column.kind == "period":
            pieces = self._by_summary(pieces, cells, encoder)
            return self._by_titles(pieces, cells, encoder)
        return pieces

    def _joined_cells(self, used: tuple[int, ...]) -> Sequence[Cell]:
        if len(used) == 1:
            return self.cells(used[0])
        # 学年 and 学期 in two columns are one period
        columns = [self.cells(index) for index in used]
        return [
            " ".join(t for column in columns if (t := as_text(column[at]))) or None
            for at in range(len(self._row_nos))
        ]

    def _by_summary(
        self, pieces: list[Piece], cells: Sequence[Cell], encoder: Encoder
    ) -> list[Piece]:
        """A payment without a period of its own may name it in its purpose."""
        at = self.used.get("summary")
        if at is None:
            return pieces
        return [
            (encoder.instead(cell, other) or piece) if piece.is_null else piece
            for piece, cell, other in zip(pieces, cells, self.cells(at[0]), strict=True)
        ]

    def _by_titles(
        self, pieces: list[Piece], cells: Sequence[Cell], encoder: Encoder
    ) -> list[Piece]:
        """A second table under a title of its own is of that title's school year."""
        periods = self._block.periods
        if not periods:
            return pieces
        found = []
        for row_no, piece, cell in zip(self._row_nos, pieces, cells, strict=True):
            above = [text for at, text in periods if at < row_no]
            own = piece.is_null and above and encoder.instead(cell, above[-1])
            found.append(own or piece)
        return found

    def _note_problems(self, pieces: list[Piece], name: str, index: int) -> None:
        for row_no, piece in zip(self._row_nos, pieces, strict=True):
            if piece.problem:
                self._note(piece.problem, row_no, index, name)

    def _note_valueless(self, name: str, index: int) -> None:
        for row_no in self._row_nos:
            if (row_no - 1, index) in self._valueless:
                self._note("ING_NO_VALUE", row_no, index, name)

    def _note(self, code: str, row_no: int, index: int, name: str) -> None:
        cell = address(row_no, index + 1)
        self.issues.append(CellIssue(row_no, cell, name, code, ""))

    def _holds(self, pieces: list[list[Piece]]) -> list[str]:
        """Why each row is held, or nothing."""
        count = len(self._row_nos)
        if self._is_incomplete:
            return ["ING_MISSING_COL"] * count
        by_name = dict(zip((c.name for c in self._source.columns), pieces, strict=True))
        who = [
            by_name[name]
            for name in _PERSON
            if name in by_name and (name != "account_no" or "holder_name" in by_name)
        ]
        holds = [""] * count
        first, *others = who
        for at, piece in enumerate(first):
            if piece.is_null and all(column[at].is_null for column in others):
                holds[at] = "ING_NO_PERSON"
        for at in self._two_people():
            holds[at] = "ING_TWO_PEOPLE"
        for name in ("name", "id_number", "holder_name"):
            for at, piece in enumerate(by_name.get(name, ())):
                if piece.problem == _SEVERAL:
                    holds[at] = _SEVERAL
        return holds

    def _two_people(self) -> Iterator[int]:
        """Rows where two columns of one meaning name different people: nobody can
        say which of them the row is about."""
        for name in _WHO:
            used = self.used.get(name, ())
            for other in self.places.get(name, ()):
                if other in used:
                    continue
                key = _key_of(self._source.column(name).kind)
                cells = zip(self.cells(used[0]), self.cells(other), strict=True)
                for at, (one, two) in enumerate(cells):
                    if two not in ("", None) and one != two:
                        second = key(two)
                        if second is not None and second != key(one):
                            yield at


def _key_of(kind: str) -> Callable[[Cell], Value]:
    """What tells people apart in cells of a kind: a number's key, a name's key."""
    parse = kind_named(kind).parse
    return lambda cell: parse(cell).values[1]
