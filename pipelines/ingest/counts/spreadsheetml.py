"""Worksheets of an XML Spreadsheet 2003, counted as their elements end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from pipelines.ingest.container import Refused
from pipelines.ingest.counts.record import Count, Counted, is_inside, within
from pipelines.ingest.counts.tree import given, grown, refuse_text

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_AROUND = {"Table": "Worksheet", "Row": "Table", "Cell": "Row", "Data": "Cell"}
_ASIDE = frozenset({"Comment", "PhoneticText"})


def count_tables(chunks: Iterable[str]) -> tuple[Counted, ...]:
    """Every worksheet; raises Refused when something stands where it cannot be told
    from a lost cell."""
    book = _Book()
    for event, name, node in grown(chunks):
        if event == "start":
            book.start(name, node)
        else:
            book.end(name, node)
    return tuple(Counted("", count) for count in book.found)


@dataclass
class _Book:
    """Where in the file we stand; rows and columns from 0."""

    found: list[Count] = field(default_factory=list)
    open: list[str] = field(default_factory=list)  # of worksheet, table, row, cell
    aside: int = 0
    row: int = -1
    column: int = -1
    filled: int = 0  # data in this cell
    next_column: int = 0  # to be described
    hidden_rows: list[tuple[int, int]] = field(default_factory=list)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def start(self, name: str, node: ET.Element) -> None:
        around = self.open[-1] if self.open else ""
        if self.aside or (name in _ASIDE and around == "Cell"):
            self.aside += 1
        elif name == "Worksheet":
            if self.open:
                raise Refused("ING_MISREAD", "工作表里套有工作表")
            self.open.append(name)
            self.found.append(Count())
            self.row, self.next_column = -1, 0
            self.hidden_rows, self.hidden_columns = [], []
        elif name in _AROUND and (node.tag.startswith(_SS) or "Table" in self.open):
            if around != _AROUND[name]:
                raise Refused("ING_MISREAD", "有格子不在表格里")
            self.open.append(name)
            self._begin(name, node)

    def _begin(self, name: str, node: ET.Element) -> None:
        if name == "Row":
            self.row, self.column = _place(node, self.row + 1), -1
        elif name == "Cell":
            self.column, self.filled = _place(node, self.column + 1), 0
        if not is_inside(max(0, self.row), max(0, self.column)):
            raise Refused("ING_TOO_LARGE", "工作表的范围过大")

    def end(self, name: str, node: ET.Element) -> None:
        if self.aside:
            self.aside -= 1
            if not self.aside:
                node.clear()
        elif self.open and name == self.open[-1]:
            self.open.pop()
            self._end(name, node)
        elif name == "AutoFilterColumn" and self.open:
            is_all = given(node).get("Type", "All") == "All"
            self.found[-1].facts.is_filtered |= not is_all
        elif name == "Column" and self.open and self.open[-1] == "Table":
            first = _place(node, self.next_column)
            self.next_column = first + 1 + _number(given(node).get("Span"))
            if given(node).get("Hidden") == "1":
                self.hidden_columns.append((first, self.next_column - 1))

    def _end(self, name: str, node: ET.Element) -> None:
        count = self.found[-1]
        about = given(node)
        match name:
            case "Data":
                self.filled += any(node.itertext())
            case "Cell":
                refuse_text(node)
                if self.filled:
                    count.add(self.row, self.column)
                    count.filled[self.row] += self.filled - 1  # two data in a cell
                count.facts.formulas += "Formula" in about
                self.column += _number(about.get("MergeAcross"))
            case "Row":
                refuse_text(node)
                first = self.row
                self.row += _number(about.get("Span"))
                if about.get("Hidden") == "1":
                    self.hidden_rows.append((first, self.row))
            case "Table":
                refuse_text(node)
            case "Worksheet":
                height, width = count.reach
                count.facts.hidden_rows = within(self.hidden_rows, height)
                count.facts.hidden_columns = within(self.hidden_columns, width)
        node.clear()


def _place(node: ET.Element, following: int) -> int:
    """From 0; the one that follows unless another one is stated."""
    stated = given(node).get("Index")
    return following if stated is None else _number(stated) - 1


def _number(stated: str | None) -> int:
    return int(stated[:9]) if stated and stated.isascii() and stated.isdigit() else 0
