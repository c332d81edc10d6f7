"""Sheets of a binary workbook (xlsb), counted record by record (BIFF12)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.biff import ERRORS, is_long_figure
from pipelines.ingest.counts.opc import Package, SheetPart
from pipelines.ingest.counts.record import Count, Counted, Explained, is_inside

_ROW, _BLANK, _SHORT, _ERROR, _TRUTH, _NUMBER, _TEXT, _SHARED = range(8)
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_TRUTH, _FORMULA_ERROR = range(8, 12)
_ITEM, _COLUMNS, _SHEET, _FILTER = 19, 60, 156, 163
_PLAIN, _HIDDEN_ROW = 62, 0x10


def count_xlsb(path: Path, most_inflated: int) -> tuple[Counted, ...]:
    """Every sheet of a workbook whose zip directory was checked; raises Refused when
    a part is broken."""
    package = Package(path, most_inflated)
    try:
        texts = []
        if package.shared is not None:
            for kind, body in _records(package, package.shared):
                if kind == _ITEM:
                    texts.append(_wide(body, 1))
        found = []
        for sheet in list(_sheets(package)):
            count = None
            if sheet.part is not None:
                count = _count(package, sheet.part, texts)
            found.append(Counted(sheet.name, count))
    except (struct.error, IndexError):
        raise Refused("ING_BROKEN", "二进制工作簿的内容不完整") from None
    package.look_through_the_rest()
    return tuple(found)


def _sheets(package: Package) -> Iterator[SheetPart]:
    for kind, body in _records(package, package.book):
        if kind == _SHEET:
            relation = _wide(body, 8)
            yield package.sheet(_wide(body, 12 + 2 * len(relation)), relation)


def _records(package: Package, part: str) -> Iterator[tuple[int, bytes]]:
    """Kind and body of each record of a part."""
    data = b"".join(package.read(part))
    at = 0
    while at < len(data):
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = (kind & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while True:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        body = data[at : at + size]
        if len(body) < size:
            raise IndexError
        at += size
        yield kind, body


def _wide(body: bytes, at: int) -> str:
    """The text at that place; a length of minus one is none."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return ""
    raw = body[at + 4 : at + 4 + 2 * length]
    if len(raw) < 2 * length:
        raise IndexError
    return raw.decode("utf-16-le", "replace")


def _count(package: Package, part: str, texts: list[str]) -> Count:
    count = Count()
    row = -1
    for kind, body in _records(package, part):
        if kind == _ROW:
            (row,) = struct.unpack_from("<I", body)
            if body[11] & _HIDDEN_ROW:
                count.facts.hidden_rows += 1
        elif _SHORT <= kind <= _FORMULA_ERROR or kind == _PLAIN:
            (column,) = struct.unpack_from("<I", body)
            if not is_inside(row, column):
                raise Refused("ING_UNSAFE", "有超出工作表范围的单元格")
            _cell(count, (row, column), kind, body, texts)
        elif kind == _COLUMNS:
            first, last = struct.unpack_from("<2I", body)
            if body[16] & 1:
                count.facts.hidden_columns += max(0, min(last, 16_383) - first + 1)
        elif kind == _FILTER:
            count.facts.is_filtered = True
    return count


def _cell(
    count: Count, place: tuple[int, int], kind: int, body: bytes, texts: list[str]
) -> None:
    if kind >= _FORMULA_TEXT and kind != _PLAIN:
        count.facts.formulas += 1
    text = "x"
    if kind in (_ERROR, _FORMULA_ERROR):
        count.errors[place] = ERRORS.get(body[8], "#N/A")
    elif kind in (_NUMBER, _FORMULA_NUMBER):
        if is_long_figure(struct.unpack_from("<d", body, 8)[0]):
            count.long_numbers.add(place)
    elif kind == _SHARED:
        text = texts[struct.unpack_from("<I", body, 8)[0]]
    elif kind in (_TEXT, _FORMULA_TEXT):
        text = _wide(body, 8)
    elif kind == _PLAIN:
        text = _wide(body, 9)
    if not text:
        count.extend(*place)
        return
    if text.isspace():
        count.explain(Explained.BLANK, place[0])
    count.add(*place)
