"""The rows of one sheet part, read from its XML: only the wanted cells of each row.

A hundred and eighty columns are mostly not ours. After the heading is known only the
declared columns are turned into values, many rows at a time; the others are stepped
over, and any row can still be asked for whole. What is not written the ordinary way
raises ``Unusual``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from pipelines.ingest.cells import Merge, Row, Several
from pipelines.ingest.cellxml import CellReader
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.package import Package, Unusual
from pipelines.ingest.rowpattern import (
    ANY_CELL,
    FIRST_CELL,
    ROW,
    WHOLE_ROW,
    cells_of,
    column_number,
    quick_row,
)
from schemas.kinds import Cell

_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_HIDDEN = b' hidden="1"'

_WORTH_SHARING = 4 << 20
_OWN_SHARE = 0.7
_TOGETHER = 500


@dataclass(frozen=True)
class _Found:
    """A written row: its number, where it begins and ends."""

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class _Run:
    """Neighbouring rows: the number of the first, where each begins and the last ends
    (nowhere: blank ones that are not written), how many are hidden, and the wanted
    columns."""

    first: int
    places: tuple[int, ...]
    hidden: int
    columns: list[list[Cell]]

    @property
    def after(self) -> int:
        """The number behind the last row's."""
        return self.first + len(self.places) - 1

    @property
    def length(self) -> int:
        """How much of the part they fill."""
        return self.places[-1] - self.places[0]


@dataclass(frozen=True)
class _Part:
    """Rows from ``number`` on, which begin at ``place`` and are read by a helper."""

    number: int
    place: int
    helper: int


class SheetXml:
    """The rows of a part from the first on, as lists of ``width`` cells or, where many
    are wanted, as columns.

    Once it is known what is wanted of a large part, forked helpers read the rows
    behind some cuts; they come in their places as if one process had read them all.
    """

    def __init__(
        self, data: bytes, package: Package, helpers: Helpers | None = None
    ) -> None:
        self.data = data
        self._helpers = helpers
        self._cells = CellReader(package)
        self.valueless = self._cells.valueless
        self._position = self._begin()
        self.merges = tuple(sorted(_merges(data)))
        self.height = self._until = self._height()
        self._number = 0  # of the row given last
        self._covered = self._position  # so much of the part was read
        self.hidden_rows = 0
        self._next: _Found | None = None  # behind rows that are not written
        self._span = (0, 0)
        self._run: _Run | None = None
        self._is_helper = False
        self._parts: deque[_Part] = deque()
        self._told: Iterator[_Run] | None = None
        self.want(None)

    def _begin(self) -> int:
        """Where the rows begin; that nothing else stands among them is seen there."""
        data = self.data
        head = data[:200].split(b"?>")[0].lower()
        if b"encoding" in head and b"utf-8" not in head:
            raise Unusual
        start, end = data.find(b"<sheetData>"), data.rfind(b"</sheetData>")
        if start < 0 or end < start:
            raise Unusual
        if data.find(b"<!", 0, start) >= 0 or data.find(b"<!", end) >= 0:
            raise Unusual
        return start + len(b"<sheetData>")

    def _height(self) -> int:
        """The last row with a value, found from the end and not by reading on."""
        last = max(self.data.rfind(b"</v>"), self.data.rfind(b"</is>"))
        if last < 0:
            return 0
        found = ROW.match(self.data, self.data.rfind(b"<row ", 0, last))
        if found is None:
            raise Unusual
        return int(found[1])

    @property
    def filled(self) -> Sequence[int]:
        """Nothing: whether cells were passed over is asked at the end of the rows."""
        return ()

    def want(self, indexes: Iterable[int] | None) -> None:
        """From here on give only these columns a value; null for all of them."""
        wanted = sorted(set(indexes)) if indexes is not None else []
        if self._told is not None or self._parts:
            self._read_on_alone()
        self._give_up_run()
        self._indexes = wanted
        self._quick = quick_row(tuple(wanted)) if wanted else None
        self._cell = cells_of(wanted) if wanted else ANY_CELL
        self.width = wanted[-1] + 1 if wanted else 0
        self._blank: Row = [""] * self.width
        if wanted and self._helpers is not None:
            self._share(self._helpers)

    def _give_up_run(self) -> None:
        """Rows of a run that were not given yet will be read again."""
        run, self._run = self._run, None
        if run is None or self._number + 1 >= run.after:
            return
        places = run.places[self._number + 1 - run.first :]
        if places[0]:
            self._covered -= places[-1] - places[0]
            self.hidden_rows -= self._hidden(places)
            self._next, self._position = None, places[0]

    def _share(self, helpers: Helpers) -> None:
        """Leave the rows behind some cuts to helpers, where that pays."""
        cuts = self._cuts(helpers.count)
        ends = [*cuts[1:], (self.height + 1, -1)]
        for (number, place), (after, end) in zip(cuts, ends, strict=False):
            work = partial(self._read_part, number, place, after, end)
            self._parts.append(_Part(number, place, helpers.start(work)))
        if cuts:
            self._until = cuts[0][0] - 1

    def _cuts(self, count: int) -> list[tuple[int, int]]:
        """Number and place of rows from which on others may read."""
        begin, end = self._position, self.data.rfind(b"</row>")
        if count < 2 or end - begin < _WORTH_SHARING:
            return []
        # Who is asked for the rows has more to do with each, and reads fewer.
        share = (end - begin) / (count - 1 + _OWN_SHARE)
        found: list[tuple[int, int]] = []
        for turn in range(count - 1):
            place = int(begin + share * (_OWN_SHARE + turn))
            place = self.data.find(b'<row r="', place, end)
            row = ROW.match(self.data, place) if place >= 0 else None
            number = int(row[1]) if row else 0
            if not max(self._number, found[-1][0] if found else 0) < number:
                break
            if number > self.height:
                break
            found.append((number, place))
        return found

    def _read_part(
        self, number: int, place: int, after: int, end: int
    ) -> Iterator[object]:
        """In a helper: rows up to that before ``after``, many at a time; then the
        formulas without value that were seen."""
        self.valueless.clear()
        self._parts.clear()
        self._run, self._next, self._position = None, None, place
        self._number, self._until = number - 1, after - 1
        self._helpers, self._is_helper = None, True
        self._covered = place
        while (run := self._current()) is not None:
            yield run
            self._number = run.after - 1
        if end >= 0 and self._reached() != end:
            raise Unusual
        self._prove()
        yield self.valueless

    def _reached(self) -> int:
        """Where the next written row begins."""
        return self._next.start if self._next else self._position

    def _prove(self) -> None:
        """That the rows given, added up, are all that stands there."""
        if self._covered != self._reached():
            raise Unusual  # a row was passed over

    def _has_part(self) -> bool:
        """Turns to the rows of the next helper, if there is one."""
        self._hear_out()
        if not self._parts or self._helpers is None:
            return False
        part = self._parts.popleft()
        if self._told is None:
            if self._reached() != part.place:
                raise Unusual  # what stands before the cut is no row
            self._prove()  # and each helper proves its own rows
        self._until = self._parts[0].number - 1 if self._parts else self.height
        self._told = self._received(self._helpers.results(part.helper))
        self._next, self._position = None, part.place
        return True

    def _received(self, results: Iterator[object]) -> Iterator[_Run]:
        for found in results:
            if isinstance(found, set):
                # a helper may have gone further than its rows were asked for
                self.valueless |= {at for at in found if at[0] < self._number}
            elif isinstance(found, _Run):
                yield found

    def _hear_out(self) -> None:
        """What a helper tells after its rows."""
        for _ in self._told or ():
            pass

    def _read_on_alone(self) -> None:
        """Other columns are wanted than the helpers know of."""
        self._hear_out()
        if self._helpers is not None:
            self._helpers.stop()
        self._parts.clear()
        self._told = None
        self._until = self.height
        self._helpers = None

    def __iter__(self) -> SheetXml:
        return self

    def __next__(self) -> Row:
        if not self._indexes:
            return self._next_whole()
        run = self._current()
        if run is None:
            raise StopIteration
        self._number += 1
        at, row = self._number - run.first, self._blank[:]
        for index, column in zip(self._indexes, run.columns, strict=True):
            row[index] = column[at]
        return row

    def several(self) -> Several | None:
        """The next rows as columns; null at the end, and while all columns are wanted."""
        run = self._current() if self._indexes else None
        if run is None:
            return None
        begin = self._number + 1
        self._number = run.after - 1
        at = begin - run.first
        columns = [column[at:] for column in run.columns] if at else run.columns
        return Several(begin, run.after, dict(zip(self._indexes, columns, strict=True)))

    def go_on_behind(self, number: int) -> None:
        """The row of that number, of those given last, is the one given last."""
        self._number = number

    def whole(self) -> Row:
        """The row given last, with all of its cells."""
        span = self._span
        if self._run is not None:
            at = self._number - self._run.first
            span = self._run.places[at], self._run.places[at + 1]
        return self._cells.row([], ANY_CELL, self.data, span, self._number)

    def _next_whole(self) -> Row:
        if self._number >= self._until:
            self._check_end()
            raise StopIteration
        self._number += 1
        found = self._written(self._number)
        self._span = (0, 0)
        if found is None:
            return []
        self._span = (found.start, found.end)
        self._covered += found.end - found.start
        self.hidden_rows += self._hidden(self._span)
        return self._cells.row([], ANY_CELL, self.data, self._span, self._number)

    def _current(self) -> _Run | None:
        """The run in which the next row stands; null at the end."""
        run = self._run
        if run is not None and self._number + 1 < run.after:
            return run
        if self._number >= self._until and not self._has_part():
            self._check_end()
            return None
        if self._told is not None:
            run = next(self._told, None)
            if run is None or run.first != self._number + 1:
                raise Unusual
            self._position = run.places[-1] or self._position
            self._next = None
        else:
            run = self._quick_run() or self._odd_run()
        self._covered += run.length
        self.hidden_rows += run.hidden
        self._run = run
        return run

    def _quick_run(self) -> _Run | None:
        """The next rows as far as they are written the usual way, one behind the other:
        nothing can stand between them."""
        if self._quick is None or self._next is not None:
            return None
        match, data, until = self._quick.match, self.data, self._until
        position, number = self._position, self._number
        found: list[tuple[bytes | None, ...]] = []
        places = [position]
        while len(found) < _TOGETHER and number < until:
            row = match(data, position)
            if row is None or int(row[1]) != number + 1:
                break
            found.append(row.groups())
            position = row.end()
            places.append(position)
            number += 1
        if not found:
            return None
        first, self._position = self._number + 1, position
        _, *groups = zip(*found, strict=True)
        pairs = zip(self._indexes, groups[::2], groups[1::2], strict=True)
        return _Run(
            first,
            tuple(places),
            self._hidden(places),
            [self._cells.column(texts, more, at, first) for at, texts, more in pairs],
        )

    def _odd_run(self) -> _Run:
        """The next row, however it is written; or those that are not written at all."""
        number = self._number + 1
        found = self._written(number)
        if found is None:
            behind = self._next.number if self._next else number + 1
            count = min(behind - number, self._until - self._number, _TOGETHER)
            blank: list[Cell] = [""] * count
            return _Run(number, (0,) * (count + 1), 0, [blank] * len(self._indexes))
        span = found.start, found.end
        row = self._cells.row(self._blank[:], self._cell, self.data, span, number)
        columns = [[row[index]] for index in self._indexes]
        return _Run(number, span, self._hidden(span), columns)

    def _hidden(self, places: Sequence[int]) -> int:
        """How many of the rows that begin at these places, but for the last, are out of
        sight."""
        data = self.data
        if data.find(_HIDDEN, places[0], places[-1]) < 0:
            return 0
        tags = ((start, data.find(b">", start)) for start in places[:-1])
        return sum(data.find(_HIDDEN, *tag) >= 0 for tag in tags)

    def _check_end(self) -> None:
        """Behind the last row with a value only blank ones may stand, or the end."""
        if self._until < self.height:
            return
        data, place = self.data, self._reached()
        if not data.startswith((b"<row ", b"</sheetData>"), place):
            raise Unusual
        if not self._is_helper:
            self._prove()

    def _written(self, number: int) -> _Found | None:
        """The row of that number, right behind the one before; null when it is not
        written, and the next one is a later one."""
        if self._next is None:
            self._next = self._seek()
            if self._next.number < number:
                raise Unusual  # out of order, or twice
        found = self._next
        if found.number > number:
            return None
        self._next, self._position = None, found.end
        return found

    def _seek(self) -> _Found:
        """The next row that is written, whatever its number."""
        data, start = self.data, self._position
        tag = ROW.match(data, start)
        if tag is None:
            raise Unusual
        number = int(tag[1])
        if tag[2]:
            return _Found(number, start, tag.end())
        end = data.find(b"</row>", tag.end())
        if end < 0:
            raise Unusual
        # Some readers go by the cells' addresses, so both must say the same.
        first = FIRST_CELL.search(data, tag.end(), end)
        if first is not None and int(first[1]) != number:
            raise Unusual
        row = WHOLE_ROW.match(data, tag.end(), end)
        if row is None or row.end() != end:
            raise Unusual
        return _Found(number, start, end + len(b"</row>"))


def _merges(data: bytes) -> Iterable[Merge]:
    for found in _MERGE.finditer(data, max(0, data.rfind(b"</sheetData>"))):
        yield (
            (int(found[2]) - 1, column_number(found[1])),
            (int(found[4]) - 1, column_number(found[3])),
        )
