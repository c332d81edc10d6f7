"""The rows of one sheet part, read from its XML: only the wanted cells of each row.

A hundred and eighty columns are mostly not ours. After the heading is known only the
declared columns are turned into values; the others are stepped over, and any row can
still be asked for whole. What is not written the ordinary way raises ``Unusual``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta

from pipelines.ingest.cells import Address, ErrorText, Merge, Row
from pipelines.ingest.counts import cells_with_body
from pipelines.ingest.package import Package, Unusual, unescaped
from schemas.kinds import Cell

_ROW = re.compile(rb'<row r="([0-9]{1,7})"[^>]*?(/?)>')
# All that a row may consist of; possessive, so that it is checked at one go. A cell
# that were merely not found would be a cell lost.
_WHOLE_ROW = re.compile(
    rb'(?:<c r="[A-Z]{1,3}+[0-9]{1,7}+"[^<>/]*+(?:/>|>'
    rb"(?:<f[^<>/]*+(?:/>|>[^<]*+</f>))?+"
    rb"(?:<v[^<>/]*+(?:/>|>[^<]*+</v>))?+"
    rb"(?:<is>(?:(?!</is>|</c>).)*+</is>)?+"
    rb"</c>))*+",
    re.DOTALL,
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


class SheetXml:
    """The rows of a part from the first on, as lists of ``width`` cells."""

    def __init__(self, data: bytes, package: Package) -> None:
        self._data = data
        self._package = package
        self._check()
        self._kinds: dict[bytes, tuple[bytes, int]] = {}
        self.valueless: set[Address] = set()
        self.merges = tuple(sorted(_merges(data)))
        self.height = self._height()
        self._position = data.find(b"<sheetData>") + len(b"<sheetData>")
        self._number = 0
        self._bodies = 0
        self.hidden_rows = 0
        self._next: tuple[int, int, int] | None = None
        self._span = (0, 0)
        self.want(None)

    def _check(self) -> None:
        data = self._data
        head = data[:200].split(b"?>")[0].lower()
        if b"encoding" in head and b"utf-8" not in head:
            raise Unusual
        if b"<!" in data or b"<sheetData>" not in data:
            raise Unusual

    def _height(self) -> int:
        """The last row with a value, found from the end and not by reading on."""
        last = max(self._data.rfind(b"</v>"), self._data.rfind(b"</is>"))
        if last < 0:
            return 0
        found = _ROW.match(self._data, self._data.rfind(b"<row ", 0, last))
        if found is None:
            raise Unusual
        return int(found[1])

    @property
    def filled(self) -> Sequence[int]:
        """Nothing: whether cells were passed over is asked at the end of the rows."""
        return ()

    def want(self, indexes: Iterable[int] | None) -> None:
        """From here on give only these columns a value; null for all of them."""
        self.is_narrow = indexes is not None
        names = b"[A-Z]{1,3}"
        if indexes is not None:
            names = _alternatives(sorted(set(indexes)))
        self._cell = re.compile(_CELL % names, re.DOTALL)
        self._columns: dict[bytes, int] = {}
        self.width = max(indexes, default=-1) + 1 if indexes is not None else 0
        self._blank: Row = [""] * self.width

    def __iter__(self) -> SheetXml:
        return self

    def __next__(self) -> Row:
        if self._number >= self.height:
            if not self._data.startswith((b"<row ", b"</sheetData>"), self._position):
                raise Unusual
            below = cells_with_body(self._data, self._position, len(self._data))
            if self._bodies + below != cells_with_body(self._data, 0, len(self._data)):
                raise Unusual  # a cell was passed over
            raise StopIteration
        self._number += 1
        if self._next is None:
            self._next = self._seek()
        number, start, end = self._next
        if number > self._number:
            self._span = (0, 0)
            return self._blank[:]
        self._next = None
        self._span = (start, end)
        self._bodies += cells_with_body(self._data, start, end)
        return self._cells(self._cell, start, end)

    def whole(self) -> Row:
        """The row given last, with all of its cells."""
        return self._cells(_ANY_CELL, *self._span)

    def _seek(self) -> tuple[int, int, int]:
        """Number, start and end of the next row that is written."""
        while True:
            # Right behind the row before: nothing can stand between two rows.
            found = _ROW.match(self._data, self._position)
            if found is None:
                raise Unusual
            number = int(found[1])
            if number < self._number:
                raise Unusual  # out of order, or twice
            if b' hidden="1"' in found[0]:
                self.hidden_rows += 1
            if found[2]:
                self._position = found.end()
                if number == self._number:
                    return number, 0, 0
                continue
            end = self._data.find(b"</row>", found.end())
            if end < 0:
                raise Unusual
            self._position = end + len(b"</row>")
            # Some readers go by the cells' addresses, so both must say the same.
            first = _FIRST_CELL.search(self._data, found.end(), end)
            if first is not None and int(first[1]) != number:
                raise Unusual
            row = _WHOLE_ROW.match(self._data, found.end(), end)
            if row is None or row.end() != end:
                raise Unusual
            return number, found.end(), end

    def _cells(self, pattern: re.Pattern[bytes], start: int, end: int) -> Row:
        row = self._blank[:]
        columns, kinds, texts = self._columns, self._kinds, self._package.texts
        for letters, attributes, value, other in pattern.findall(
            self._data, start, end
        ):
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
            return self._package.texts[int(value)]
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
