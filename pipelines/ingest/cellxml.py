"""The values of cells in a sheet's XML; what is not written the ordinary way raises
``Unusual``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from pipelines.ingest.cells import Address, ErrorText, Row
from pipelines.ingest.package import Package, Unusual, unescaped
from pipelines.ingest.rowpattern import column_number
from schemas.kinds import Cell

_AFTER_ADDRESS = re.compile(
    rb"([^>]*?)(?:/>|>(?:<v>([^<]*)</v></c>|(.*?)</c>))", re.DOTALL
)
_ATTRIBUTES = re.compile(rb'(?: (?:s|t|cm|vm|ph)="[A-Za-z0-9]*")*')
_OTHER = re.compile(
    rb"(<f(?: [^>]*)?(?:/>|>[^<]*</f>))?(?:<v(?: [^>]*)?>([^<]*)</v>|<v/>)?"
    rb"(?:<is>(.*?)</is>)?",
    re.DOTALL,
)
_INLINE = re.compile(r"<t(?: [^>]*)?>([^<]*)</t>")
_NUMBER = re.compile(rb"-?[0-9]+(?:\.[0-9]*)?(?:[eE][-+]?[0-9]+)?")
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no time zones
_FIRST_TRUE_DAY = 61  # Excel counts a 29 February 1900 that never was
_MOST_REMEMBERED = 20_000

Groups = Sequence[bytes | None]


class CellReader:
    """Turns the cells of one part into values; ``valueless`` fills on the way."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._kinds: dict[bytes, tuple[bytes, int]] = {}
        self._values: dict[bytes, Cell] = {}
        self._columns: dict[bytes, int] = {}
        self.valueless: set[Address] = set()

    def column(
        self, texts: Groups, others: Groups, index: int, number: int
    ) -> list[Cell]:
        """A column of rows from ``number`` on: of each cell the number of its text, or
        else what follows its address."""
        if others.count(None) == len(others):
            return self._texts(texts)
        shared, values = self._package.texts, self._values
        column: list[Cell] = []
        for at, (text, other) in enumerate(zip(texts, others, strict=True), number):
            if text is not None:
                column.append(shared[self._place(text)])
            elif other is None:
                column.append("")
            else:
                value = values.get(other)
                column.append(self._read(other, at, index) if value is None else value)
        return column

    def _texts(self, places: Groups) -> list[Cell]:
        shared, distinct = self._package.texts, set(places)
        if len(distinct) * 2 > len(places) and None not in distinct:
            try:
                return [shared[int(place)] for place in places]  # type: ignore[arg-type]
            except IndexError:
                raise Unusual from None
        known: dict[bytes | None, Cell] = {
            place: shared[self._place(place)] for place in distinct if place is not None
        }
        known[None] = ""
        return list(map(known.__getitem__, places))

    def _place(self, text: bytes) -> int:
        place = int(text)
        if place >= len(self._package.texts):
            raise Unusual
        return place

    def _read(self, raw: bytes, number: int, index: int) -> Cell:
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
            cell = self._other(kind, style, other, (number - 1, index))
            if cell == "":  # perhaps a formula never calculated, told by its place
                return cell
        if len(self._values) >= _MOST_REMEMBERED:
            self._values.clear()
        self._values[raw] = cell
        return cell

    def row(
        self,
        row: Row,
        pattern: re.Pattern[bytes],
        data: bytes,
        span: tuple[int, int],
        number: int,
    ) -> Row:
        """Puts the cells that the pattern finds in a row's XML into their places."""
        columns, kinds, texts = self._columns, self._kinds, self._package.texts
        for letters, attributes, value, other in pattern.findall(data, *span):
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
                row[index] = self._other(kind, style, other, (number - 1, index))
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

    def _other(self, kind: bytes, style: int, other: bytes, at: Address) -> Cell:
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
            self.valueless.add(at)
        return ""


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
