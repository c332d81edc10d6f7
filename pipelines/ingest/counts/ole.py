"""The workbook stream of an OLE file, by its sector table."""

from __future__ import annotations

import struct

from pipelines.ingest.container import Refused

_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_LAST = 0xFFFFFFFA  # larger numbers are marks, not sectors
_ENTRY, _STREAM = 128, 2
_NAMES = ("workbook", "book")


def workbook_stream(data: bytes) -> bytes:
    """The bytes of ``Workbook`` or ``Book``; raises Refused when the file is broken."""
    if not data.startswith(_MAGIC):
        return data  # records without a container
    try:
        return _stream(data)
    except (struct.error, IndexError):
        raise Refused("ING_BROKEN", "旧版表格的结构不完整") from None


def _stream(data: bytes) -> bytes:
    shift, small_shift = struct.unpack_from("<2H", data, 30)
    if shift not in (9, 12) or small_shift > shift:
        raise IndexError
    directory, _, cutoff, small_table = struct.unpack_from("<4I", data, 48)
    sectors = _Sectors(data, 1 << shift)
    entries = sectors.read(directory)
    root = struct.unpack_from("<2I", entries, 116)
    streams = {}
    # Of the root alone: an embedded object has a workbook of its own further down.
    waiting, seen = [struct.unpack_from("<I", entries, 76)[0]], set()
    while waiting:
        number = waiting.pop()
        if number >= _LAST or number in seen:
            continue
        seen.add(number)
        at = number * _ENTRY
        (length,) = struct.unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(0, min(length, 64) - 2)]
        waiting += struct.unpack_from("<2I", entries, at + 68)
        if entries[at + 66] == _STREAM:
            place = struct.unpack_from("<2I", entries, at + 116)
            streams[name.decode("utf-16-le", "replace").lower()] = place
    found = next((streams[name] for name in _NAMES if name in streams), None)
    if found is None:
        raise IndexError
    start, size = found
    if size >= cutoff:
        return sectors.read(start)[:size]
    small = sectors.read(root[0])[: root[1]]
    raw = sectors.read(small_table)
    table = struct.unpack(f"<{len(raw) // 4}I", raw)
    step = 1 << small_shift
    chain = _chain(table, start)
    return b"".join(small[at * step : at * step + step] for at in chain)[:size]


class _Sectors:
    def __init__(self, data: bytes, size: int) -> None:
        self._data, self._size = data, size
        first = struct.unpack_from("<109I", data, 76)
        blocks = [n for n in first if n < _LAST]
        more, count = struct.unpack_from("<2I", data, 68)
        for _ in range(min(count, len(data) // size)):
            if more >= _LAST:
                break
            listed = struct.unpack_from(f"<{size // 4}I", data, (more + 1) * size)
            blocks += [n for n in listed[:-1] if n < _LAST]
            more = listed[-1]
        self._table: list[int] = []
        for block in blocks:
            at = (block + 1) * size
            self._table += struct.unpack_from(f"<{size // 4}I", data, at)

    def read(self, start: int) -> bytes:
        size = self._size
        return b"".join(
            self._data[(at + 1) * size : (at + 2) * size]
            for at in _chain(self._table, start)
        )


def _chain(table: list[int] | tuple[int, ...], start: int) -> list[int]:
    """The sectors from there on; raises IndexError for one that is not there."""
    found = []
    while start < _LAST:
        found.append(start)
        if len(found) > len(table):  # a ring has no end
            raise IndexError
        start = table[start]
    return found
