"""The parts of a zipped workbook as its own directory names them."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

from pipelines.ingest.container import Refused, inflated, refuse_doctype

_SMALL = 8 << 20
_BROKEN = "工作簿目录无法识别"


class SheetPart(NamedTuple):
    """A sheet by its name; no part for what holds no cells: a chart, a macro sheet."""

    name: str
    part: str | None


class Relation(NamedTuple):
    """What kind of part is meant, and its name in the zip, if it is there."""

    kind: str
    part: str | None


class Package:
    """Parts, read once each and together bounded by ``most_inflated``."""

    def __init__(self, path: Path, most_inflated: int) -> None:
        self._path, self._left = path, most_inflated
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
        self._parts = {name.replace("\\", "/").casefold(): name for name in names}
        self._unread = set(names)
        self.book = self._main()
        self.relations = self._relations(self.book)
        self.shared = self._of_kind(self.relations, "/sharedStrings")

    def _main(self) -> str:
        """The workbook itself: it usually is where everybody puts it."""
        for usual in ("xl/workbook.xml", "xl/workbook.bin"):
            if usual in self._parts:
                return self._parts[usual]
        main = self._of_kind(self._relations(""), "/officeDocument")
        if main is None:
            raise Refused("ING_BROKEN", _BROKEN)
        return main

    def _of_kind(self, relations: dict[str, Relation], kind: str) -> str | None:
        return next((r.part for r in relations.values() if r.kind.endswith(kind)), None)

    def _relations(self, part: str) -> dict[str, Relation]:
        folder, file = posixpath.split(part.replace("\\", "/"))
        name = self._parts.get(f"{folder}/_rels/{file}.rels".lstrip("/").casefold())
        if name is None:
            raise Refused("ING_BROKEN", _BROKEN)
        found = {}
        for node in self.tree(name):
            target = node.get("Target", "").replace("\\", "/")
            whole = posixpath.normpath(posixpath.join("/" + folder, target))
            found[node.get("Id", "")] = Relation(
                node.get("Type", ""), self._parts.get(whole.lstrip("/").casefold())
            )
        return found

    def sheets(self) -> Iterator[SheetPart]:
        """The sheets of an XML workbook in their order."""
        for node in self.tree(self.book).iter():
            if node.tag.rpartition("}")[2] == "sheet":
                ids = [v for key, v in node.attrib.items() if key.endswith("}id")]
                yield self.sheet(node.get("name", ""), ids[0] if ids else "")

    def sheet(self, name: str, relation_id: str) -> SheetPart:
        kind, part = self.relations.get(relation_id, Relation("", None))
        return SheetPart(name, part if kind.endswith("/worksheet") else None)

    def read(self, part: str) -> Iterator[bytes]:
        """The bytes of a part, chunk by chunk."""
        self._unread.discard(part)
        for chunk in inflated(self._path, part, self._left):
            self._left -= len(chunk)
            yield chunk

    def tree(self, part: str) -> ET.Element:
        """A small part as a tree; raises Refused when it is no plain XML."""
        text = b"".join(inflated(self._path, part, _SMALL))
        refuse_doctype(text)
        try:
            return ET.fromstring(text)  # noqa: S314 - no document type gets here
        except (ET.ParseError, ValueError, LookupError):
            raise Refused("ING_BROKEN", _BROKEN) from None

    def look_through_the_rest(self) -> None:
        """Refuses document types in the parts that were not read here."""
        for part in sorted(self._unread):
            if part.lower().endswith((".xml", ".rels")):
                _look_through(self.read(part))


def _look_through(chunks: Iterable[bytes]) -> None:
    tail = b""
    for chunk in chunks:
        refuse_doctype(tail + chunk)
        tail = chunk[-18:]
