"""Sheets of Excel 2 to 4 (BIFF2 to BIFF4), counted record by record.

Such a file has no container, no checksum and often no stated range: a record of a
changed number or length would be passed over. So every record must be a known one, of
the size that it states, and what looks like a cell must be one.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipelines.ingest.cells import Address
from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import Count, Counted, within

_BEGINS = frozenset({0x0009, 0x0209, 0x0409, 0x0809})
_END, _SHEET = 0x000A, 0x008F
_BOOK = 0x0100  # what a beginning says that holds several sheets
_WORKSHEET = 0x0010
_PASSWORD = 0x002F
# Cells by the sizes of their records; texts by where their length stands.
_SIZES = {
    0x0001: (7,), 0x0201: (6,), 0x0002: (9,), 0x0003: (15,), 0x0203: (14,),
    0x0005: (9,), 0x0205: (8, 9), 0x027E: (10,),
}  # fmt: skip
_BLANKS = frozenset({0x0001, 0x0201})
_TRUTHS = frozenset({0x0005, 0x0205})
_LABELS = {0x0004: ("<B", 7), 0x0204: ("<H", 6)}
_RESULTS = {0x0006: 7, 0x0206: 6, 0x0406: 6}  # where a formula's result stands
_STRINGS = {0x0007: "<B", 0x0207: "<H"}
_ROWS = frozenset({0x0008, 0x0208})
_NOTE = 0x001C
# They stand behind the formula that they are about, and begin as a cell does.
_OF_FORMULAS = frozenset({0x0021, 0x0221, 0x0036, 0x0037, 0x0236, 0x04BC})
_FIXED = {
    0x0000: (0, 8, 10),
    0x0200: (0, 8, 10),
    0x003D: (9, 10),
    0x003E: (10, 14),
    0x023E: (10, 14),
    0x0041: (9, 10),
}
_WIDTHS, _COLUMNS = 0x0024, 0x007D
# Settings of one or few numbers, and lines with their length before them.
_SMALL = frozenset({
    0x000C, 0x000D, 0x000E, 0x000F, 0x0010, 0x0011, 0x0012, 0x0013, 0x0016, 0x0019,
    0x001F, 0x0022, 0x0024, 0x0025, 0x0026, 0x0027, 0x0028, 0x0029, 0x002A, 0x002B,
    0x0040, 0x0042, 0x0044, 0x0045, 0x0055, 0x0056, 0x005E, 0x005F, 0x0060, 0x0063,
    0x0080, 0x0081, 0x0082, 0x0083, 0x0084, 0x008C, 0x008D, 0x008E, 0x0099, 0x009B,
    0x009C, 0x009D, 0x00A0, 0x0225,
})  # fmt: skip
_LINES = frozenset({0x0014, 0x0015})
# Everything else that the specification of these forms knows.
_KNOWN = frozenset({
    0x000B, 0x0017, 0x0018, 0x001A, 0x001B, 0x001D, 0x001E, 0x0020,
    0x0023, 0x0031, 0x0032, 0x003C,
    0x0043, 0x004D, 0x0050, 0x0051, 0x0052, 0x0053, 0x0054, 0x0059, 0x005A, 0x005B,
    0x005C, 0x005D, 0x0061, 0x0064, 0x007D, 0x007F, 0x0085, 0x0086, 0x0087, 0x0088,
    0x0089, 0x008A, 0x008B, 0x0090, 0x0091, 0x0092, 0x0094, 0x0095, 0x0096, 0x0098,
    0x009A, 0x009E, 0x00A1, 0x00A9, 0x00AB, 0x020B, 0x0218, 0x0223,
    0x0231, 0x0243, 0x0293, 0x041E, 0x0443,
})  # fmt: skip
_PADDING = b"\x00\x1a"  # a disk's blocks were filled up with these
_BROKEN = "旧版表格的内容不完整"


def is_early(stream: bytes) -> bool:
    """Whether a stream of records is of Excel 4 or before."""
    kind, _, version = struct.unpack_from("<3H", stream.ljust(6, b"\0"))
    return kind in _BEGINS and (kind != 0x0809 or version < 0x0500)


def count_early(stream: bytes) -> tuple[Counted, ...]:
    """The sheets in their order; raises Refused when a record is not what it says."""
    try:
        return tuple(Counted("", sheet.done()) for sheet in _sheets(stream))
    except (struct.error, IndexError):
        raise Refused("ING_BROKEN", _BROKEN) from None


def _sheets(stream: bytes) -> list[_Early]:
    found: list[_Early] = []
    depth = own = 0  # how deep we are, and at which depth sheets stand
    for kind, body in _records(stream):
        if kind in _BEGINS:
            sort = struct.unpack_from("<H", body, 2)[0]
            depth += 1
            if depth == 1:
                own = 2 if sort == _BOOK else 1
            if depth == own:
                if sort != _WORKSHEET:
                    raise Refused("ING_UNSUPPORTED", "是旧版的图表或宏，不是表格")
                found.append(_Early())
        elif kind == _END:
            depth -= 1
        elif kind == _PASSWORD:
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码")
        elif depth == own:
            found[-1].take(kind, body)
        elif depth < own and (kind in _SIZES or kind in _LABELS or kind in _RESULTS):
            raise Refused("ING_MISREAD", "有格子不在工作表里")
    return found


def _records(stream: bytes) -> Iterator[tuple[int, bytes]]:
    """Number and body of each, up to the end of the first beginning."""
    at = depth = 0
    while True:
        kind, size = struct.unpack_from("<2H", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if len(body) < size or (not at and kind not in _BEGINS):
            raise IndexError
        at += 4 + size
        yield kind, body
        depth += (kind in _BEGINS) - (kind == _END)
        if not depth:
            break
    if stream[at:].strip(_PADDING):
        raise Refused("ING_MISREAD", "旧版表格的结尾之后还有内容")


@dataclass
class _Early:
    """One sheet's records added up."""

    count: Count = field(default_factory=Count)
    row: int | None = None  # of the last cell
    is_formula: bool = False  # the last record
    awaiting: Address | None = None  # a formula whose text follows
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def take(self, kind: int, body: bytes) -> None:
        if kind in _SIZES:
            if len(body) not in _SIZES[kind]:
                raise IndexError
            if kind not in _BLANKS:
                self._cell(body)
        elif kind in _LABELS:
            form, at = _LABELS[kind]
            length = struct.unpack_from(form, body, at)[0]
            if len(body) != at + struct.calcsize(form) + length:
                raise IndexError
            if length:
                self._cell(body)
        elif kind in _RESULTS:
            self._formula(body, _RESULTS[kind])
        elif kind in _STRINGS:
            if self.awaiting and struct.unpack_from(_STRINGS[kind], body)[0]:
                self.count.add(*self.awaiting)
            self.awaiting = None
        elif not (self.is_formula and kind in _OF_FORMULAS):
            self._setting(kind, body)
        self.is_formula = kind in _RESULTS

    def _cell(self, body: bytes) -> None:
        self.row, column = struct.unpack_from("<2H", body)
        self.count.add(self.row, column)

    def _formula(self, body: bytes, at: int) -> None:
        place = struct.unpack_from("<2H", body)
        self.count.facts.formulas += 1
        self.count.extend(*place)
        sort, mark = body[at], body[at + 6 : at + 8]
        self.awaiting = None
        if mark != b"\xff\xff" or sort in (1, 2):
            self._cell(body)
        elif sort == 0:
            self.awaiting = place

    def _setting(self, kind: int, body: bytes) -> None:
        size = len(body)
        is_known = (
            (kind in _KNOWN and not self._is_like_a_cell(body))
            or (kind in _SMALL and size <= 8)
            or (kind in _LINES and (not size or size == 1 + body[0]))
            or (kind in _ROWS and size in (13, 16, 18))
            or (kind == _NOTE and size == 6 + struct.unpack_from("<H", body, 4)[0])
            or size in _FIXED.get(kind, ())
        )
        if not is_known:
            raise Refused("ING_MISREAD", "旧版表格里有无法识别的记录")
        if kind in _ROWS:
            row, height = struct.unpack_from("<H4xH", body)
            is_hidden = kind == 0x0208 and bool(body[12] & 0x20)
            if is_hidden or height & 0x7FFF == 0:
                self.hidden_rows.append((row, row))
        elif kind == _WIDTHS:
            first, last, width = struct.unpack_from("<2BH", body)
            if not width:
                self.hidden_columns.append((first, last))
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                self.hidden_columns.append((first, last))
        elif kind == 0x009B:
            self.count.facts.is_filtered = True

    def _is_like_a_cell(self, body: bytes) -> bool:
        """Whether it would be the next cell's text, had it another number."""
        if self.row is None or len(body) < 9:
            return False
        row, column, length = struct.unpack_from("<2HxxH", body)
        is_next = self.row <= row <= self.row + 1 and column < 256
        return is_next and len(body) in (8 + body[7], 8 + length)

    def done(self) -> Count:
        height, width = self.count.reach
        self.count.facts.hidden_rows = within(self.hidden_rows, height)
        self.count.facts.hidden_columns = within(self.hidden_columns, width)
        return self.count
