"""What python-calamine does not say about an xlsx: error cells, formulas without value.

One streaming pass over the XML parts, beside the reader and independent of it; the
same pass refuses parts that declare a document type and counts what is inflated.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

from pipelines.ingest.cells import Address
from pipelines.ingest.container import (
    Refused,
    inflated,
    refuse_doctype,
)


@dataclass
class Marks:
    """Of one sheet: the text of each error cell, and formulas never calculated."""

    errors: dict[Address, str] = field(default_factory=dict)
    valueless: set[Address] = field(default_factory=set)


_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"([^>]*?)'
    rb"(?:/>|>(.*?)</(?:\w+:)?c>)",
    re.DOTALL,
)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_IS_ERROR = re.compile(rb"\bt=[\"']e[\"']")
# Plain substrings: a regular expression here would cost more than the reader itself.
_LOOKED_FOR = (b't="e"', b"t='e'", b"<f", b":f>", b":f ")
_LONGEST_CELL = 1 << 18


def column_index(letters: bytes) -> int:
    """``b"A"`` → 0, ``b"AA"`` → 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def scan(path: Path, most_inflated: int) -> dict[int, Marks]:
    """Marks of every sheet by its place in the workbook; raises Refused when unsafe.

    The directory has been checked before.
    """
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    sheets = {part: number for number, part in enumerate(_sheet_parts(path, names))}
    found: dict[int, Marks] = {number: Marks() for number in sheets.values()}
    left = most_inflated
    for name in sorted(names):
        if not name.lower().endswith((".xml", ".rels")):
            continue
        marks = found[sheets[name]] if name in sheets else None
        left -= _scan_part(path, name, left, marks)
    return found


def _scan_part(path: Path, name: str, most: int, marks: Marks | None) -> int:
    size, tail = 0, b""
    for chunk in inflated(path, name, most):
        size += len(chunk)
        seen = tail + chunk
        refuse_doctype(seen)
        if marks is None:
            tail = seen[-16:]
            continue
        # A cell cut by the chunk's end is looked at with the next chunk.
        cut = max(seen.rfind(b"<c "), seen.rfind(b"<", 0, seen.rfind(b":c ") + 1), 0)
        if any(mark in seen for mark in _LOOKED_FOR):
            _note_cells(seen[:cut], marks)
        tail = seen[cut:] if len(seen) - cut < _LONGEST_CELL else seen[-16:]
    if marks is not None and any(mark in tail for mark in _LOOKED_FOR):
        _note_cells(tail, marks)
    return size


def _note_cells(seen: bytes, marks: Marks) -> None:
    for found in _CELL.finditer(seen):
        attributes, body = found[3], found[4]
        if body is None:
            continue
        is_error = _IS_ERROR.search(found[0], 0, found.start(4) - found.start())
        if not is_error and b"<f" not in body and b":f" not in body:
            continue
        at = (int(found[2]) - 1, column_index(found[1]))
        value = _VALUE.search(body)
        if is_error:
            marks.errors[at] = value[1].decode("utf-8", "replace") if value else "#N/A"
        elif (value is None or not value[1]) and b"inlineStr" not in attributes:
            marks.valueless.add(at)


def _sheet_parts(path: Path, names: set[str]) -> list[str]:
    """Part names of the sheets in workbook order; empty when the book is unusual."""
    book = next((n for n in names if n.lower() == "xl/workbook.xml"), None)
    if book is None:
        return []
    folder, file = posixpath.split(book)
    rels = f"{folder}/_rels/{file}.rels"
    if rels not in names:
        return []
    targets = {
        node.get("Id"): posixpath.normpath(
            posixpath.join("/" + folder, node.get("Target", ""))
        ).lstrip("/")
        for node in _tree(path, rels)
    }
    sheets = (
        [value for key, value in node.attrib.items() if key.endswith("}id")]
        for node in _tree(path, book).iter()
        if node.tag.endswith("}sheet")
    )
    return [targets.get(ids[0]) or "" if ids else "" for ids in sheets]


def _tree(path: Path, name: str) -> ET.Element:
    text = b"".join(inflated(path, name, 8 << 20))
    refuse_doctype(text)
    try:
        return ET.fromstring(text)  # noqa: S314 - no document type gets here
    except (ET.ParseError, ValueError):
        raise Refused("ING_BROKEN", "工作簿目录无法识别") from None
