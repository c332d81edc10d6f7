"""A whole file, counted sheet by sheet in the order of its own directory."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from pipelines.ingest.container import Refused, inflated, refuse_doctype
from pipelines.ingest.counts.record import Count
from pipelines.ingest.counts.sheetml import Texts, count_part, count_texts

_SMALL = 8 << 20
_WORKSHEET = "/worksheet"


@dataclass(frozen=True)
class Counted:
    """One sheet by its place in the workbook; ``count`` is null where the place holds
    a chart, a macro sheet or nothing."""

    name: str
    count: Count | None


def count_xlsx(path: Path, most_inflated: int) -> tuple[Counted, ...]:
    """Every sheet of a workbook whose zip directory was checked; raises Refused when
    a part is unsafe or broken."""
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
    parts = {name.replace("\\", "/").casefold(): name for name in names}
    places = _places(path, parts)
    left = _Budget(path, most_inflated)
    texts = Texts()
    shared = parts.get("xl/sharedstrings.xml")
    if shared is not None:
        texts = count_texts(left.part(shared))
    counts: dict[str, Count] = {}
    found = []
    for name, part in places:
        if part is None:
            found.append(Counted(name, None))
            continue
        if part in counts:
            raise Refused("ING_UNSAFE", "两张工作表指向同一份内容")
        counts[part] = count_part(left.part(part), texts)
        found.append(Counted(name, counts[part]))
    for part in sorted(set(names) - set(counts) - {shared}):
        if part.lower().endswith((".xml", ".rels")):
            _look_through(left.part(part))
    return tuple(found)


@dataclass
class _Budget:
    """Parts of one file that together may come to so many bytes."""

    path: Path
    left: int

    def part(self, name: str) -> Iterable[bytes]:
        for chunk in inflated(self.path, name, self.left):
            self.left -= len(chunk)
            yield chunk


def _look_through(chunks: Iterable[bytes]) -> None:
    tail = b""
    for chunk in chunks:
        refuse_doctype(tail + chunk)
        tail = chunk[-18:]


def _places(path: Path, parts: dict[str, str]) -> list[tuple[str, str | None]]:
    """Name and part of each sheet; no part for what holds no cells."""
    book = parts.get("xl/workbook.xml")
    rels = parts.get("xl/_rels/workbook.xml.rels")
    if book is None or rels is None:
        raise Refused("ING_BROKEN", "工作簿目录无法识别")
    targets = {}
    for node in _tree(path, rels):
        target = posixpath.join("/xl", node.get("Target", "").replace("\\", "/"))
        part = parts.get(posixpath.normpath(target).lstrip("/").casefold())
        targets[node.get("Id")] = (node.get("Type", ""), part)
    found: list[tuple[str, str | None]] = []
    for node in _tree(path, book).iter():
        if node.tag.rpartition("}")[2] != "sheet":
            continue
        ids = [value for key, value in node.attrib.items() if key.endswith("}id")]
        kind, part = targets.get(ids[0] if ids else "", ("", None))
        is_worksheet = kind.endswith(_WORKSHEET)
        found.append((node.get("name", ""), part if is_worksheet else None))
    return found


def _tree(path: Path, name: str) -> ET.Element:
    text = b"".join(inflated(path, name, _SMALL))
    refuse_doctype(text)
    try:
        return ET.fromstring(text)  # noqa: S314 - no document type gets here
    except (ET.ParseError, ValueError, LookupError):
        raise Refused("ING_BROKEN", "工作簿目录无法识别") from None
