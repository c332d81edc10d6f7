"""The rows of one sheet part, read from its XML: only the wanted cells of each row.

A hundred and eighty columns are mostly not ours. After the heading is known only the
declared columns are turned into values; the others are stepped over, and any row can
still be asked for whole. What is not written the ordinary way raises ``Unusual``.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache, partial

from pipelines.ingest.cells import Address, ErrorText, Merge, Row
from pipelines.ingest.counts import cells_with_body
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.package import Package, Unusual, unescaped
from schemas.kinds import Cell

_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^<>]*?(/?)>')
# All that a row may consist of; possessive, so that it is checked at one go. A cell
# that were merely not found would be a cell lost.
_REST = (
    rb"[^<>/]*+(?:/>|>"
    rb"(?:<f[^<>/]*+(?:/>|>[^<]*+</f>))?+"
    rb"(?:<v[^<>/]*+(?:/>|>[^<]*+</v>))?+"
    rb"(?:<is>(?:(?!</is>|</c>).)*+</is>)?+"
    rb"</c>)"
)
_WHOLE_ROW = re.compile(rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"%s)*+' % _REST, re.DOTALL)
# The same for a row whose cells stand in order, with the wanted ones in groups: what
# most rows are is checked and read at one go. \1 is the row's number, from its tag.
_STYLE = rb'(?: s="[0-9]++")?+'
_QUICK_ROW = rb'<row r="([0-9]{1,7}+)"[^<>/]*+>%s</row>'
_QUICK_CELL = (
    rb'(?:<c r="%s\1"(?:' + _STYLE + rb' t="s"><v>([0-9]++)</v></c>|('
    rb"%s)))?+"
)
_QUICK_OTHERS = (
    rb'(?:<c r="(?:%s)\1"(?:' + _STYLE + rb' t="s"><v>[0-9]++</v></c>|'
    rb"%s))*+"
)
_AFTER_ADDRESS = re.compile(
    rb"([^>]*?)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))", re.DOTALL
)
_FIRST_CELL = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_ATTRIBUTES = re.compile(rb'(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*')
_CELL = rb'<c r="(%s)[0-9]+"([^>]*?)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))'
_OTHER = re.compile(
    rb"(<f(?: [^>]*)?(?:/>|>[^<]*</f>))?(?:<v(?: [^>]*)?>([^<]*)</v>|<v/>)?"
    rb"(?:<is>(.*?)</is>)?",
    re.DOTALL,
)
_INLINE = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_MERGE = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)"')
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_FIRST_TRUE_DAY = 61  # Excel counts a 29 February 1900 that never was
_LAST_OF_TWO_LETTERS = 701  # ZZ

_WORTH_SHARING = 4 << 20
_OWN_SHARE = 0.7
_TOGETHER = 500
_MOST_REMEMBERED = 20_000


def column_number(letters: bytes) -> int:
    """``b"A"`` → 0, ``b"AA"`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 → ``A``, 26 → ``AA``."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@dataclass(frozen=True)
class _Found:
    """A written row: its number, where it begins and ends, its wanted cells if they
    were found at one go."""

    number: int
    start: int
    end: int
    groups: tuple[bytes | None, ...] | None = None


@dataclass(frozen=True)
class _Part:
    """Rows from ``number`` on, which begin at ``place`` and are read by a helper."""

    number: int
    place: int
    helper: int


# What a helper tells of a row: where it begins and ends, how many cells with a body it
# has, whether it is hidden, and its wanted cells.
_Told = tuple[int, int, int, bool, list[Cell]]


class SheetXml:
    """The rows of a part from the first on, as lists of ``width`` cells.

    Once it is known what is wanted of a large part, forked helpers read the rows
    behind some cuts; they come in their places as if one process had read them all.
    """

    def __init__(
        self, data: bytes, package: Package, helpers: Helpers | None = None
    ) -> None:
        self.data = data
        self._package = package
        self._helpers = helpers
        self._position = self._begin()
        self._kinds: dict[bytes, tuple[bytes, int]] = {}
        self._values: dict[bytes, Cell] = {}
        self.valueless: set[Address] = set()
        self.merges = tuple(sorted(_merges(data)))
        self.height = self._until = self._height()
        self._number = 0
        self._bodies = 0
        self.hidden_rows = 0
        self._next: _Found | None = None
        self._span = (0, 0)
        self._is_helper = self._is_proven = False
        self._parts: deque[_Part] = deque()
        self._told: Iterator[_Told] | None = None
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
        found = _ROW.match(self.data, self.data.rfind(b"<row ", 0, last))
        if found is None:
            raise Unusual
        return int(found[1])

    @property
    def filled(self) -> Sequence[int]:
        """Nothing: whether cells were passed over is asked at the end of the rows."""
        return ()

    def want(self, indexes: Iterable[int] | None) -> None:
        """From here on give only these columns a value; null for all of them."""
        wanted = sorted(set(indexes)) if indexes is not None else None
        if self._told is not None or self._parts:
            self._read_on_alone()
        self._indexes = wanted or []
        self._quick = _quick_pattern(tuple(wanted)) if wanted else None
        names = b"[A-Z]{1,3}" if wanted is None else _alternatives(wanted)
        self._cell = re.compile(_CELL % names, re.DOTALL)
        self._columns: dict[bytes, int] = {}
        self.width = wanted[-1] + 1 if wanted else 0
        self._blank: Row = [""] * self.width
        if wanted and self._helpers is not None:
            self._share(self._helpers)

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
            row = _ROW.match(self.data, place) if place >= 0 else None
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
        self._next, self._position = None, place
        self._number, self._until = number - 1, after - 1
        self._helpers, self._is_helper = None, True
        self._bodies = self.hidden_rows = 0
        some: list[_Told] = []
        indexes, found = self._indexes, 0
        for row in self:
            about = (*self._span, self._bodies, bool(self.hidden_rows))
            some.append((*about, [row[index] for index in indexes]))
            found += self._bodies
            self._bodies = self.hidden_rows = 0
            if len(some) == _TOGETHER:
                yield some
                some = []
        if end >= 0 and self._reached() != end:
            raise Unusual
        if found != cells_with_body(self.data, place, self._reached()):
            raise Unusual  # a cell was passed over
        yield some
        yield self.valueless

    def _reached(self) -> int:
        """Where the next written row begins."""
        return self._next.start if self._next else self._position

    def _has_part(self) -> bool:
        """Turns to the rows of the next helper, if there is one."""
        self._hear_out()
        if not self._parts or self._helpers is None:
            return False
        part = self._parts.popleft()
        if self._told is None:
            if self._reached() != part.place:
                raise Unusual  # what stands before the cut is no row
            if self._bodies != cells_with_body(self.data, 0, part.place):
                raise Unusual  # a cell was passed over
        self._is_proven = True  # and each helper proves its own rows
        self._until = self._parts[0].number - 1 if self._parts else self.height
        self._told = self._received(self._helpers.results(part.helper))
        self._next, self._position = None, part.place
        return True

    def _received(self, results: Iterator[object]) -> Iterator[_Told]:
        for found in results:
            if isinstance(found, set):
                # a helper may have gone further than its rows were asked for
                self.valueless |= {at for at in found if at[0] < self._number}
            elif isinstance(found, list):
                yield from found

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
        self._is_proven = False
        self._until = self.height
        self._helpers = None

    def __iter__(self) -> SheetXml:
        return self

    def __next__(self) -> Row:
        if self._number >= self._until and not self._has_part():
            self._check_end()
            raise StopIteration
        self._number += 1
        if self._told is not None:
            return self._as_told(self._told)
        if self._next is None:
            self._next = self._seek()
        found = self._next
        if found.number > self._number:
            self._span = (0, 0)
            return self._blank[:]
        self._next, self._position = None, found.end
        self._span = (found.start, found.end)
        self._bodies += cells_with_body(self.data, found.start, found.end)
        tag_end = self.data.find(b">", found.start)
        if self.data.find(b' hidden="1"', found.start, tag_end) >= 0:
            self.hidden_rows += 1
        if found.groups is not None:
            return self._picked(found.groups)
        return self._cells(self._cell, *self._span)

    def _check_end(self) -> None:
        """Behind the last row with a value only blank ones may stand, or the end."""
        if self._until < self.height:
            return
        data, place = self.data, self._reached()
        if not data.startswith((b"<row ", b"</sheetData>"), place):
            raise Unusual
        if self._is_helper or self._is_proven:
            return
        below = cells_with_body(data, place, len(data))
        if self._bodies + below != cells_with_body(data, 0, len(data)):
            raise Unusual  # a cell was passed over

    def _as_told(self, told: Iterator[_Told]) -> Row:
        start, end, bodies, is_hidden, cells = next(told)
        self._span = (start, end)
        self._bodies += bodies
        self.hidden_rows += is_hidden
        if end:
            self._position = end
        row = self._blank[:]
        for index, cell in zip(self._indexes, cells, strict=True):
            row[index] = cell
        return row

    def whole(self) -> Row:
        """The row given last, with all of its cells."""
        return self._cells(_ANY_CELL, *self._span)

    def _seek(self) -> _Found:
        """The next row that is written, right behind the one before."""
        # Nothing can stand between two rows.
        data, start = self.data, self._position
        quick = self._quick.match(data, start) if self._quick else None
        if quick is not None:
            groups = quick.groups()
            found = _Found(int(quick[1]), start, quick.end(), groups)
        else:
            found = self._looked_through(start)
        if found.number < self._number:
            raise Unusual  # out of order, or twice
        return found

    def _looked_through(self, start: int) -> _Found:
        """A row that is not written the usual way, cell by cell."""
        data = self.data
        tag = _ROW.match(data, start)
        if tag is None:
            raise Unusual
        number = int(tag[1])
        if tag[2]:
            return _Found(number, start, tag.end())
        end = data.find(b"</row>", tag.end())
        if end < 0:
            raise Unusual
        # Some readers go by the cells' addresses, so both must say the same.
        first = _FIRST_CELL.search(data, tag.end(), end)
        if first is not None and int(first[1]) != number:
            raise Unusual
        row = _WHOLE_ROW.match(data, tag.end(), end)
        if row is None or row.end() != end:
            raise Unusual
        return _Found(number, start, end + len(b"</row>"))

    def _picked(self, groups: tuple[bytes | None, ...]) -> Row:
        """The cells of a row in the usual writing: behind its number, for each wanted
        column the number of its text, or else what follows its address."""
        row = self._blank[:]
        texts, values = self._package.texts, self._values
        try:
            for index, text, other in zip(
                self._indexes, groups[1::2], groups[2::2], strict=True
            ):
                if text is not None:
                    row[index] = texts[int(text)]
                elif other is not None:
                    value = values.get(other)
                    row[index] = self._read(other, index) if value is None else value
        except IndexError:
            raise Unusual from None
        return row

    def _read(self, raw: bytes, index: int) -> Cell:
        """The value of a cell from its attributes on, remembered for the next one."""
        found = _AFTER_ADDRESS.fullmatch(raw)
        if found is None:
            raise Unusual
        attributes, value, other = found.groups()
        kind, style = self._kinds.get(attributes) or self._kind(attributes)
        cell: Cell = ""
        if value:
            cell = self._value(kind, style, value)
        elif other:
            cell = self._other(kind, style, other, index)
            if cell == "":  # perhaps a formula never calculated, told by its place
                return cell
        if len(self._values) >= _MOST_REMEMBERED:
            self._values.clear()
        self._values[raw] = cell
        return cell

    def _cells(self, pattern: re.Pattern[bytes], start: int, end: int) -> Row:
        row = self._blank[:]
        columns, kinds, texts = self._columns, self._kinds, self._package.texts
        for letters, attributes, value, other in pattern.findall(self.data, start, end):
            index = columns.get(letters)
            if index is None:
                index = columns[letters] = column_number(letters)
            kind, style = kinds.get(attributes) or self._kind(attributes)
            if index >= len(row):
                row.extend([""] * (index + 1 - len(row)))
            if row[index]:
                raise Unusual  # two cells of one address
            if value and kind == b"s":
                try:
                    row[index] = texts[int(value)]
                except (IndexError, ValueError):
                    raise Unusual from None
            elif value:
                row[index] = self._value(kind, style, value)
            elif other:
                row[index] = self._other(kind, style, other, index)
        return row

    def _kind(self, attributes: bytes) -> tuple[bytes, int]:
        if not _ATTRIBUTES.fullmatch(attributes.rstrip()):
            raise Unusual
        given = dict(pair.split(b"=", 1) for pair in attributes.split())
        kind = given.get(b"t", b'"n"')[1:-1]
        if kind not in (b"n", b"s", b"str", b"b", b"e", b"inlineStr"):
            raise Unusual
        style = int(given.get(b"s", b'"0"')[1:-1])
        found = self._kinds[attributes] = (kind, style)
        return found

    def _value(self, kind: bytes, style: int, value: bytes) -> Cell:
        if kind == b"n":
            if not _NUMBER.fullmatch(value):
                raise Unusual
            number = float(value)
            if style in self._package.date_styles:
                return _moment(number)
            if style in self._package.duration_styles:
                raise Unusual
            return number
        if kind == b"b":
            return value == b"1"
        if kind == b"s":
            try:
                return self._package.texts[int(value)]
            except (IndexError, ValueError):
                raise Unusual from None
        text = unescaped(_utf8(value))
        return ErrorText(text) if kind == b"e" else text

    def _other(self, kind: bytes, style: int, other: bytes, index: int) -> Cell:
        """A cell with a formula, with text of its own, or with nothing inside."""
        found = _OTHER.fullmatch(other)
        if found is None:
            raise Unusual
        formula, value, inline = found.groups()
        if inline is not None:
            text = _utf8(re.sub(rb"<rPh\b.*?</rPh>", b"", inline, flags=re.DOTALL))
            return unescaped("".join(_INLINE.findall(text)))
        if value:
            return self._value(kind, style, value)
        if formula and not (kind == b"str" and found[2] is not None):
            self.valueless.add((self._number - 1, index))
        return ""


_ANY_CELL = re.compile(_CELL % b"[A-Z]{1,3}", re.DOTALL)


def _alternatives(indexes: list[int]) -> bytes:
    """A pattern of column letters, the last letters of one beginning in one class."""
    by_start: dict[str, str] = {}
    for letters in map(column_letters, indexes):
        by_start[letters[:-1]] = by_start.get(letters[:-1], "") + letters[-1]
    return "|".join(f"{start}[{ends}]" for start, ends in by_start.items()).encode()


@lru_cache(maxsize=8)
def _quick_pattern(indexes: tuple[int, ...]) -> re.Pattern[bytes] | None:
    """The pattern of a whole row of which these columns are wanted; null where they
    lie too far out."""
    if indexes[-1] > _LAST_OF_TWO_LETTERS:
        return None
    body, after = b"", 0
    for index in indexes:
        body += _others(after, index - 1)
        body += _QUICK_CELL % (column_letters(index).encode(), _REST)
        after = index + 1
    body += _others(after, _LAST_OF_TWO_LETTERS, b"[A-Z]{3}")
    return re.compile(_QUICK_ROW % body, re.DOTALL)


def _others(first: int, last: int, further: bytes = b"") -> bytes:
    """A pattern of any cells of the columns from the first to the last."""
    names = [_alternatives(list(range(first, last + 1))), further]
    pattern = b"|".join(filter(None, names))
    return _QUICK_OTHERS % (pattern, _REST) if pattern else b""


def _utf8(raw: bytes) -> str:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise Unusual from None


def _moment(serial: float) -> date | datetime | time | float:
    if serial < 0 or 1 <= serial < _FIRST_TRUE_DAY or serial >= 2_958_466:
        raise Unusual
    moment = _EPOCH + timedelta(milliseconds=round(serial * 86_400_000))
    if serial == int(serial) and serial >= 1:
        return moment.date()
    return moment if serial >= 1 else moment.time()


def _merges(data: bytes) -> Iterable[Merge]:
    for found in _MERGE.finditer(data, max(0, data.rfind(b"</sheetData>"))):
        yield (
            (int(found[2]) - 1, column_number(found[1])),
            (int(found[4]) - 1, column_number(found[3])),
        )
