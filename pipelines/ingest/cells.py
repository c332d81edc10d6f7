"""What every reader of sheets gives: rows of cells, errors as text, addresses."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, Protocol

from schemas.kinds import Cell

if TYPE_CHECKING:
    from pipelines.ingest.counts import Count, Facts

Row = list[Cell]
Address = tuple[int, int]  # row and column, both from 0
Merge = tuple[Address, Address]


class ErrorText(str):
    """The text of an error cell (``#N/A``): shown as read, never taken as a value."""

    __slots__ = ()


ERROR_TEXTS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"}
)


class Several(NamedTuple):
    """Neighbouring rows as columns: the number of the first, from 1, that behind the
    last, and the wanted columns by their indexes."""

    first: int
    after: int
    columns: dict[int, list[Cell]]


class Rows(Protocol):
    """The rows of a sheet, one after the other, as lists that the caller may change."""

    @property
    def filled(self) -> Sequence[int]:
        """How many cells with a value each row given so far had."""

    def __iter__(self) -> Iterator[Row]: ...

    def __next__(self) -> Row: ...

    def want(self, indexes: Iterable[int]) -> None:
        """From here on only these columns need to have their values."""

    def whole(self) -> Row:
        """The row given last with all of its cells, as it was before any change."""

    def several(self) -> Several | None:
        """The next rows at once, where they are to be had so; they count as given."""

    def go_on_behind(self, number: int) -> None:
        """One of several rows is the row given last, and those behind it come again."""


class PlainRows:
    """Rows that are whole anyway."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = iter(rows)
        self._last: Row = []
        self.filled: list[int] = []

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        row = self._last = next(self._rows)
        self.filled.append(len(row) - row.count("") - row.count(None))
        return row

    def want(self, indexes: Iterable[int]) -> None:
        """Nothing to spare: the cells are there."""

    def whole(self) -> Row:
        return self._last

    def several(self) -> Several | None:
        return None

    def go_on_behind(self, number: int) -> None:
        """No several rows were given."""


class Ahead:
    """Rows of which the first were looked at already; they are given again."""

    def __init__(self, rows: Rows, count: int) -> None:
        self._rows = rows
        self.head = list(islice(rows, count))
        self._queue = deque(self.head)
        self._last: Row | None = None

    @property
    def filled(self) -> Sequence[int]:
        return self._rows.filled

    def skip(self, count: int) -> None:
        """Leave out some of the rows looked at."""
        for _ in range(count):
            self._queue.popleft()

    def __iter__(self) -> Iterator[Row]:
        return self

    def __next__(self) -> Row:
        if self._queue:
            self._last = self._queue.popleft()
            return self._last
        self._last = None
        return next(self._rows)

    def want(self, indexes: Iterable[int]) -> None:
        self._rows.want(indexes)

    def whole(self) -> Row:
        return self._rows.whole() if self._last is None else self._last

    def several(self) -> Several | None:
        if self._queue:
            return None
        self._last = None
        return self._rows.several()

    def go_on_behind(self, number: int) -> None:
        self._rows.go_on_behind(number)


@dataclass(frozen=True)
class Sheet:
    """One sheet; ``height`` is the number of physical rows that ``rows`` will give.

    ``valueless``: formulas never calculated, complete once the rows have been read.
    ``count``: the same sheet by the second count, for the reader's to be compared with;
    ``facts``, once the rows have been read, when there is none.
    """

    number: int
    name: str
    is_hidden: bool
    height: int
    rows: Callable[[], Rows]
    merges: tuple[Merge, ...] = ()
    valueless: Set[Address] = field(default_factory=frozenset)
    count: Count | None = None
    facts: Callable[[], Facts] | None = None
