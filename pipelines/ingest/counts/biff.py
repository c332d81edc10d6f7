"""Sheets of an old workbook (xls, et), counted record by record (BIFF5 and BIFF8)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.ingest.cells import Address
from pipelines.ingest.container import Refused
from pipelines.ingest.counts.ole import workbook_stream
from pipelines.ingest.counts.record import Count, Counted, Explained, is_long

ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?",
    0x24: "#NUM!", 0x2A: "#N/A",
}  # fmt: skip
_BEGIN, _END, _CONTINUE = 0x0809, 0x000A, 0x003C
_SHEETS, _TEXTS, _PASSWORD = 0x0085, 0x00FC, 0x002F
_ROW, _COLUMNS, _FILTERED = 0x0208, 0x007D, 0x009B
_RANGE = 0x0200
_NUMBER, _RK, _SHORTS, _SHARED = 0x0203, 0x027E, 0x00BD, 0x00FD
_LABELS, _FORMULAS = (0x0204, 0x00D6), (0x0006, 0x0206, 0x0406)
_TRUTH, _RESULT = 0x0205, 0x0207
# No record has a number from there on, except charts' and those added later.
_BEYOND, _LATER = 0x0500, (0x08, 0x10)
_WORKSHEET = 0
Record = tuple[int, bytes]


def count_xls(path: Path) -> tuple[Counted, ...]:
    """Every sheet in the order of the directory; raises Refused when it is broken or
    encrypted."""
    stream = workbook_stream(path.read_bytes())
    try:
        return _count(stream)
    except (struct.error, IndexError):
        raise Refused("ING_BROKEN", "旧版表格的内容不完整") from None


def _count(stream: bytes) -> tuple[Counted, ...]:
    sheets: list[tuple[int, int]] = []
    texts: list[bytes] = []
    version = 0
    is_texts = False
    for kind, body in _records(stream, 0):
        if kind == _BEGIN and not version:
            (version,) = struct.unpack_from("<H", body)
        elif kind == _PASSWORD:
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码")
        elif kind == _SHEETS:
            offset, _, sort = struct.unpack_from("<IBB", body)
            sheets.append((offset, sort & 0x0F))
        elif kind == _TEXTS or (kind == _CONTINUE and is_texts):
            texts.append(body)
        is_texts = kind == _TEXTS or (kind == _CONTINUE and is_texts)
    if not sheets:
        raise IndexError
    lengths = _Texts(texts).shapes() if texts else []
    found = []
    for offset, sort in sheets:
        if sort != _WORKSHEET:
            found.append(Counted("", None))
            continue
        reader = _Sheet(lengths, is_wide=version >= 0x0600)
        for kind, body in _records(stream, offset):
            reader.take(kind, body)
        found.append(Counted("", reader.count))
    return tuple(found)


def _records(stream: bytes, at: int) -> Iterator[Record]:
    """The records of one substream; those of charts inside it are left out."""
    depth = 0
    while True:
        kind, size = struct.unpack_from("<2H", stream, at)
        body = stream[at + 4 : at + 4 + size]
        if len(body) < size:
            raise IndexError
        at += 4 + size
        if kind & 0xFF == 0x09 and kind in (0x0009, 0x0209, 0x0409, _BEGIN):
            depth += 1
        if depth == 1:
            yield kind, body
        if kind == _END:
            depth -= 1
            if depth <= 0:
                return


class _Texts:
    """The shared texts, which may be cut anywhere by the end of a record."""

    def __init__(self, pieces: list[bytes]) -> None:
        self._pieces = pieces
        self._piece = 0
        self._at = 8

    def shapes(self) -> list[str]:
        """Of each text whether it is nothing, white space only, or more (``text``)."""
        (count,) = struct.unpack_from("<I", self._pieces[0], 4)  # it may be too high
        found: list[str] = []
        while len(found) < count and not self._is_over():
            found.append(self._shape())
        return found

    def _is_over(self) -> bool:
        last = len(self._pieces) - 1
        return self._piece >= last and self._at >= len(self._pieces[last])

    def _shape(self) -> str:
        length, flags = struct.unpack("<HB", self._take(3))
        runs = struct.unpack("<H", self._take(2))[0] if flags & 8 else 0
        extra = struct.unpack("<I", self._take(4))[0] if flags & 4 else 0
        text = self._characters(length, flags & 1)
        self._take(runs * 4 + extra)
        return "" if not text else " " if text.isspace() else "text"

    def _characters(self, length: int, is_wide: int) -> str:
        found = ""
        while length:
            piece = self._pieces[self._piece]
            step = 2 if is_wide else 1
            some = min(length, (len(piece) - self._at) // step)
            raw = piece[self._at : self._at + some * step]
            found += raw.decode("utf-16-le" if is_wide else "latin-1", "replace")
            self._at += some * step
            length -= some
            if length:  # the next piece says anew how wide its characters are
                self._next()
                is_wide = self._take(1)[0] & 1
        return found

    def _take(self, size: int) -> bytes:
        found = b""
        while size:
            if self._at >= len(self._pieces[self._piece]):
                self._next()
            some = self._pieces[self._piece][self._at : self._at + size]
            self._at += len(some)
            size -= len(some)
            found += some
        return found

    def _next(self) -> None:
        self._piece, self._at = self._piece + 1, 0
        if self._piece >= len(self._pieces):
            raise IndexError


@dataclass
class _Sheet:
    """One sheet's records added up."""

    texts: list[str]
    is_wide: bool  # lengths of texts have a byte for flags behind them
    count: Count = field(default_factory=Count)
    awaiting: Address | None = None  # a formula whose text follows

    def take(self, kind: int, body: bytes) -> None:
        count = self.count
        if kind in (_RK, _NUMBER):
            row, column = struct.unpack_from("<2H", body)
            self._figure(row, column, body[6:], is_short=kind == _RK)
        elif kind == _SHARED:
            row, column, _, index = struct.unpack_from("<3HI", body)
            self._text(row, column, self.texts[index])
        elif kind == _SHORTS:
            row, column = struct.unpack_from("<2H", body)
            for at in range(4, len(body) - 6 + 1, 6):
                self._figure(row, column, body[at + 2 : at + 6], is_short=True)
                column += 1
        elif kind in _LABELS:
            row, column, _, length = struct.unpack_from("<4H", body)
            # Before Excel 97 texts have no runs behind them, except in one form.
            if kind == _LABELS[0] and not self.is_wide and len(body) != 8 + length:
                raise IndexError
            self._text(row, column, _label(body[8:], length, is_wide=self.is_wide))
        elif kind == _TRUTH:
            row, column, _, value, is_error = struct.unpack_from("<3H2B", body)
            if is_error:
                count.errors[row, column] = ERRORS.get(value, "#N/A")
            count.add(row, column)
        elif kind in _FORMULAS:
            self._formula(body)
        elif kind == _RESULT and self.awaiting:
            (length,) = struct.unpack_from("<H", body)
            text = _label(body[2:], length, is_wide=self.is_wide)
            self._text(*self.awaiting, text)
            self.awaiting = None
        elif kind == _RANGE:
            self._range(body)
        elif kind == _ROW and body[12] & 0x20:
            count.facts.hidden_rows += 1
        elif kind == _COLUMNS:
            first, last, _, _, flags = struct.unpack_from("<5H", body)
            if flags & 1:
                count.facts.hidden_columns += max(0, min(last, 255) - first + 1)
        elif kind == _FILTERED:
            count.facts.is_filtered = True
        elif kind >= _BEYOND and kind >> 8 not in _LATER and not self.is_wide:
            raise Refused("ING_MISREAD", "旧版表格里有无法识别的记录")

    def _range(self, body: bytes) -> None:
        """The range as it is stated: the reader makes room for it unseen."""
        rows = struct.unpack_from("<2I" if self.is_wide else "<2H", body)
        columns = struct.unpack_from("<2H", body, 8 if self.is_wide else 4)
        if rows[0] > rows[1] or columns[0] > columns[1]:
            raise Refused("ING_BROKEN", "旧版表格的内容不完整")
        if rows[1] and columns[1]:
            self.count.extend(rows[1] - 1, columns[1] - 1)

    def _figure(self, row: int, column: int, raw: bytes, *, is_short: bool) -> None:
        if not is_short and is_long_figure(struct.unpack_from("<d", raw)[0]):
            self.count.long_numbers.add((row, column))
        self.count.add(row, column)

    def _text(self, row: int, column: int, text: str) -> None:
        if not text:
            self.count.extend(row, column)
            return
        if text.isspace():
            self.count.explain(Explained.BLANK, row)
        self.count.add(row, column)

    def _formula(self, body: bytes) -> None:
        row, column = struct.unpack_from("<2H", body)
        result = body[6:14]
        self.count.facts.formulas += 1
        self.count.extend(row, column)
        self.awaiting = None
        if result[6:8] != b"\xff\xff":
            self._figure(row, column, result, is_short=False)
        elif result[0] == 0:
            self.awaiting = (row, column)
        elif result[0] == 2:
            self.count.errors[row, column] = ERRORS.get(result[2], "#N/A")
            self.count.add(row, column)
        elif result[0] == 1:
            self.count.add(row, column)


def is_long_figure(value: float) -> bool:
    """Whether a whole number has more digits than a number keeps."""
    return (abs(value) >= 1e15 and is_long(repr(value))) or abs(value) >= 1e16


def _label(raw: bytes, length: int, *, is_wide: bool) -> str:
    """Enough of a text to tell whether it is nothing or white space."""
    if not is_wide:
        return raw[:length].decode("latin-1")
    if not length:
        return ""
    if raw[0] & 1:
        return raw[1 : 1 + 2 * length].decode("utf-16-le", "replace")
    return raw[1 : 1 + length].decode("latin-1")
