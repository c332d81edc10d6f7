"""Which rows of a sheet are its heading, and so which source it is.

A heading is matched exactly, then folded, then by an alias folded, and no further:
nothing fuzzy is ever used, near misses are only suggested to a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from pipelines.ingest.candidates import Candidate, filled, paired, plain, text_of
from pipelines.ingest.cells import Merge, Row
from schemas.kinds import Cell
from schemas.others import OTHERS, OtherTable
from schemas.spec import ColumnSpec, SourceSpec
from schemas.text import fold

SEARCHED_ROWS = 20
RETURN_HEADING = "问题编号"

# Columns that carry nothing of a source and need no word about them.
_IGNORED = frozenset({"序号", "序", "no", "省", "市", "编号", "行号"})
# What a heading of one word gives to the person a row is about.
_OWN = frozenset(
    {"name", "id_number", "sex", "birth_on", "phone", "student_no", "holder_name"}
)
_NEAR = 0.75
_FEW = 2
_FIRST_COLUMNS = 3
# So many columns make a sheet this source, though what it needs has another name.
_SOME, _MANY = 4, 6


@dataclass(frozen=True)
class Heading:
    """One heading cell: ``column_no`` from 1; ``rank`` 0 is the declared title."""

    column_no: int
    text: str
    column: str | None = None
    rank: int = 0
    near: str | None = None


@dataclass(frozen=True)
class Layout:
    """The heading of a sheet: rows from 0, what they are and what is missing."""

    source: SourceSpec
    first_row: int
    last_row: int
    headings: tuple[Heading, ...]
    missing: tuple[str, ...] = ()
    rival: str | None = None

    @cached_property
    def places(self) -> dict[str, tuple[int, ...]]:
        """Column name → indexes from 0 that may hold it, the best heading first."""
        found: dict[str, list[tuple[int, int]]] = {}
        for heading in self.headings:
            if heading.column is not None:
                at = (heading.rank, heading.column_no - 1)
                found.setdefault(heading.column, []).append(at)
        return {name: tuple(i for _, i in sorted(at)) for name, at in found.items()}


@dataclass(frozen=True)
class _Book:
    """The headings of one source, ready to be looked up."""

    source: SourceSpec
    exact: dict[str, tuple[str, int]]
    folded: dict[str, tuple[str, int]]
    excludes: frozenset[str]
    proofs: frozenset[str]

    def find(self, text: str) -> tuple[str, int] | None:
        return self.exact.get(text) or self.folded.get(fold(text))


def _book(source: SourceSpec) -> _Book:
    exact: dict[str, tuple[str, int]] = {}
    folded: dict[str, tuple[str, int]] = {}
    for column in source.columns:
        for rank, heading in enumerate(column.headings):
            exact.setdefault(heading, (column.name, rank))
            folded.setdefault(fold(heading), (column.name, rank))
    excludes, proofs = map(fold, source.excludes), map(fold, source.proofs)
    return _Book(source, exact, folded, frozenset(excludes), frozenset(proofs))


@dataclass(frozen=True)
class _Match:
    """How well one row, or a pair of rows, reads as the heading of one source."""

    book: _Book
    first_row: int
    last_row: int
    headings: tuple[Heading, ...]

    @cached_property
    def columns(self) -> frozenset[str]:
        return frozenset(h.column for h in self.headings if h.column is not None)

    @cached_property
    def unmet(self) -> int:
        """How many of the source's marks show no column."""
        return sum(not self.columns & set(m) for m in self.book.source.marks)

    @property
    def missing(self) -> tuple[ColumnSpec, ...]:
        needed = self.book.source.columns
        return tuple(c for c in needed if c.required and c.name not in self.columns)

    def is_excluded(self, folded: frozenset[str]) -> bool:
        return bool(self.book.excludes & folded) and not self.book.proofs & folded


class HeadingFinder:
    """Finds headings of the given sources; nothing of a file stays in it."""

    def __init__(self, sources: Sequence[SourceSpec]) -> None:
        self._books = tuple(_book(source) for source in sources if source.marks)

    def find(self, rows: Sequence[Row], merges: Sequence[Merge]) -> Layout | None:
        """The heading among the first rows; null when no row reads as one.

        With ``missing`` set the rows read as that source but lack what it needs.
        """
        whole: list[_Match] = []
        part: list[_Match] = []
        texts = filled(rows[: SEARCHED_ROWS + 1], merges)
        for at in range(min(SEARCHED_ROWS, len(rows))):
            # Most rows are people, and not worth more than a glance.
            if self._headings_in(texts[at], ()) >= _FEW:
                self._weigh(plain(texts[at]), at, at, whole, part)
            if at + 1 < len(texts) and self._headings_in(*texts[at : at + 2]) >= _FEW:
                self._weigh(paired(texts, at, merges), at, at + 1, whole, part)
        if whole:
            best = _with_upper(max(whole, key=_goodness), merges)
            rivals = [
                m.book.source.title
                for m in whole
                if m.book is not best.book and len(m.columns) >= len(best.columns)
            ]
            return _layout(best, (), rivals[0] if rivals else None)
        part = [m for m in part if m.missing or m.unmet]
        if not part:
            return None
        best = max(part, key=_goodness)
        missing = [c.title for c in best.missing] or [
            "或".join(best.book.source.column(name).title for name in mark)
            for mark in best.book.source.marks
            if not best.columns & set(mark)
        ]
        return _layout(best, tuple(missing), None)

    def other(self, rows: Sequence[Row]) -> OtherTable | None:
        """The known table that these rows are, though none of our sources needs it."""
        for row in rows[:SEARCHED_ROWS]:
            folded = frozenset(fold(text) for text in map(text_of, row) if text)
            for table in OTHERS if len(folded) > 2 else ():
                if table.is_heading(folded):
                    return table
        return None

    def nearest(self, rows: Sequence[Row]) -> str:
        """What came closest to a heading, in words: its row and what was recognised."""
        matches = [
            _Match(book, at, at, _matched(book, plain(map(text_of, row))))
            for at, row in enumerate(rows[:SEARCHED_ROWS])
            for book in self._books
        ]
        best = max(matches, key=lambda m: len(m.columns), default=None)
        if best is None or not best.columns:
            return ""
        titles = [h.text for h in best.headings if h.column is not None]
        return f"第{best.first_row + 1}行最像标题行，只认出{'、'.join(titles[:6])}"

    def is_any(self, row: Row) -> bool:
        """Whether a row reads as the heading of any source: at least two of its
        columns, and they are most of what stands there."""
        texts = [text for cell in row if (text := text_of(cell))]
        if sum(text in self.known or fold(text) in self.known for text in texts) < _FEW:
            return False
        for book in self._books:
            columns = {hit[0] for text in texts if (hit := book.find(text))}
            if len(columns) >= _FEW and len(columns) * 2 >= len(texts):
                return True
        return False

    def is_transposed(self, rows: Sequence[Row]) -> bool:
        """Whether headings stand below each other, with people beside them."""
        for at in range(_FIRST_COLUMNS):
            column = [row[at] for row in rows if at < len(row)]
            width = max((len(row) - at for row in rows), default=0)
            if width > 1 and self._reads_down(column):
                return True
        return False

    def _reads_down(self, column: Sequence[Cell]) -> bool:
        texts = [text for cell in column if (text := text_of(cell))]
        found = (
            {hit[0] for text in texts if (hit := book.find(text))}
            for book in self._books
        )
        return any(len(columns) >= _SOME for columns in found)

    @cached_property
    def known(self) -> frozenset[str]:
        """Every declared heading, as written and folded."""
        return frozenset(key for b in self._books for key in (*b.exact, *b.folded))

    @cached_property
    def _endings(self) -> frozenset[str]:
        """What a known heading may end in, folded."""
        folded = {key for book in self._books for key in book.folded}
        return frozenset(key[at:] for key in folded for at in range(len(key)))

    def _headings_in(self, upper: Sequence[str], lower: Sequence[str]) -> int:
        """How many cells of a row, or of one over another, may at most be headings."""
        known, endings = self.known, self._endings
        above = sum(1 for text in upper if text and fold(text) in known)
        return above + sum(1 for text in lower if text and fold(text) in endings)

    def _is_known(self, cell: Candidate) -> bool:
        known = self.known
        return any(t in known or fold(t) in known for t in cell.tried if t)

    def again(self, row: Row, source: SourceSpec) -> tuple[Heading, ...] | None:
        """The headings of a row further down when it reads as this source's heading."""
        texts = [text_of(cell) for cell in row]
        book = next(b for b in self._books if b.source is source)
        match = _Match(book, 0, 0, _matched(book, plain(texts)))
        if match.missing or match.unmet or len(match.columns) < 3:
            return None
        return match.headings

    def _weigh(
        self,
        candidate: list[Candidate],
        first: int,
        last: int,
        whole: list[_Match],
        part: list[_Match],
    ) -> None:
        if sum(map(self._is_known, candidate)) < _FEW:
            return  # most rows are people
        folded = frozenset(fold(t) for c in candidate for t in c.tried if t)
        for book in self._books:
            match = _Match(book, first, last, _matched(book, candidate))
            if len(match.columns) < _FEW or match.is_excluded(folded):
                continue
            if not match.missing and not match.unmet:
                whole.append(match)
            elif len(match.columns) >= _MANY or (
                len(match.columns) >= _SOME and match.unmet <= 1
            ):
                part.append(match)


@lru_cache(maxsize=1)
def finder_of(sources: tuple[SourceSpec, ...]) -> HeadingFinder:
    """The finder of these sources, made once for all files of a night."""
    return HeadingFinder(sources)


def _goodness(match: _Match) -> tuple[int, int, int, int]:
    width = match.last_row - match.first_row
    return len(match.columns), -width, -match.first_row, -len(match.book.folded)


def _with_upper(match: _Match, merges: Sequence[Merge]) -> _Match:
    """The match with the rows above that its cells are merged with.

    Single headings merged over both rows of a two-row heading make the lower row
    complete by itself; the upper one is a heading all the same, not a title.
    """
    tops = [top for (top, _), (bottom, _) in merges if top < match.first_row <= bottom]
    return replace(match, first_row=min(tops)) if tops else match


def _layout(match: _Match, missing: tuple[str, ...], rival: str | None) -> Layout:
    return Layout(
        source=match.book.source,
        first_row=match.first_row,
        last_row=match.last_row,
        headings=_with_near(match),
        missing=missing,
        rival=rival,
    )


def _with_near(match: _Match) -> tuple[Heading, ...]:
    """Unknown headings that resemble a declared one nobody claimed name it."""
    titles = [
        heading
        for column in match.book.source.columns
        if column.name not in match.columns
        for heading in column.headings
    ]
    return tuple(
        h
        if h.column is not None or is_ignored(h.text, match.book.source)
        else _suggested(h, titles)
        for h in match.headings
    )


def _suggested(heading: Heading, titles: list[str]) -> Heading:
    near = difflib.get_close_matches(heading.text, titles, n=1, cutoff=_NEAR)
    return Heading(heading.column_no, heading.text, near=near[0]) if near else heading


def is_ignored(heading: str, source: SourceSpec) -> bool:
    """Whether a heading is known to carry nothing that we use."""
    return fold(heading) in _IGNORED or fold(heading) in map(fold, source.ignored)


def _matched(book: _Book, candidate: list[Candidate]) -> tuple[Heading, ...]:
    headings = []
    for column_no, cell in enumerate(candidate, start=1):
        if any(cell.tried):
            column, rank = _found(book, cell) or (None, 0)
            headings.append(Heading(column_no, cell.shown, column, rank))
    return tuple(headings)


def _found(book: _Book, cell: Candidate) -> tuple[str, int] | None:
    for text in cell.tried:
        hit = book.find(text) if text else None
        # 姓名 under 监护人 is not the student's name: better unknown than wrong.
        if hit and not (cell.is_others and text == cell.tried[-1] and hit[0] in _OWN):
            return hit
    return None
