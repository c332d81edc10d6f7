"""What a reading process notes about the looks of a sheet's columns.

Whether a look speaks against a heading is judged later, with the memory of the last
export beside it: here values are only counted and hashed.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipelines.ingest.block import BlockWriter
from pipelines.ingest.cells import Row
from pipelines.ingest.headings import Layout, is_ignored
from pipelines.ingest.reports import Lists, Mark, Shape, address
from pipelines.ingest.shapes import (
    contradicts,
    fits,
    is_empty,
    mark_of,
    most_common,
    sampled,
    shape_of,
)
from schemas.kinds import Cell, kind_named
from schemas.spec import ColumnSpec, SourceSpec
from schemas.text import fold

UNKNOWN_SAMPLE = 50
_TELLTALE = frozenset({"id", "long", "phone", "name"})
_KNOWN_SAMPLE = 1_000
_MARKS = 200
_LONGEST = 20
# What is told apart by whole values, and so can be known again.
MARKED = frozenset({"person_name", "id_number", "account", "phone", "opaque_no"})
# Two headings for one of these must say the same, however they are written.
_ONE_PERSON = frozenset({"person_name", "id_number", "account"})


def note_unknown(lists: Lists, layout: Layout, rows: Sequence[Row]) -> None:
    """Headings of no column: how their first values look, and which they might be."""
    known = layout.places
    wanted = [
        (column, test)
        for column in layout.source.columns
        if column.decides and column.name not in known
        if (test := fits(column)) is not None
    ]
    for heading in layout.headings:
        if heading.column is not None or is_ignored(heading.text, layout.source):
            continue
        at = heading.column_no - 1
        cells = [row[at] for row in rows if at < len(row) and not is_empty(row[at])][
            :UNKNOWN_SAMPLE
        ]
        seems, seeming = most_common(map(shape_of, cells))
        like = [(column.name, sum(map(test, cells))) for column, test in wanted]
        told = "\n".join(f"{name} {count}" for name, count in like if count)
        no = heading.column_no
        lists.shapes.append(Shape(no, None, len(cells), 0, seems, seeming, told))
        if seems in _TELLTALE:
            _mark(lists, no, None, cells)


def note_known(lists: Lists, source: SourceSpec, writer: BlockWriter) -> None:
    """Columns that decide: how many values of a block contradict their heading; twins;
    marks. What several blocks of a sheet say is added up later."""
    for column in source.columns:
        used = writer.used.get(column.name, ())
        if not used or not (column.decides or column.kind in MARKED):
            continue
        at = used[0]
        cells = sampled(writer.cells(at), _KNOWN_SAMPLE)
        if column.decides:
            against = contradicts(column)
            wrong = _counted([cell for cell in cells if against(cell)])
            seems, seeming = most_common(wrong)
            lists.shapes.append(
                Shape(at + 1, column.name, len(cells), len(wrong), seems, seeming)
            )
            _note_twins(lists, column, at, writer)
        if column.kind in MARKED:
            _mark(lists, at + 1, column.name, cells)


def first_number(rows: Sequence[Row]) -> str:
    """In words, for a sheet without a heading that is known: where the first people's
    numbers stand, and what is written above them; nothing where there are none."""
    for at, row in enumerate(rows):
        place = next((i for i, c in enumerate(row) if shape_of(c) == "id"), None)
        if place is None:
            continue
        column = address(1, place + 1).rstrip("0123456789")
        above = [
            str(rows[up][place])
            for up in range(at - 1, -1, -1)
            if place < len(rows[up]) and not is_empty(rows[up][place])
        ]
        if not above:
            return f"没有标题行，从第{at + 1}行起就是数据（{column}列是证件号码）"
        word = " ".join(above[0].split())[:_LONGEST]
        return f"{column}列从第{at + 1}行起是证件号码，上面的标题“{word}”没有登记"
    return ""


def _counted(wrong: Sequence[Cell]) -> list[str]:
    """The shapes of contradicting values; the same words (待补, 办理中) count once."""
    shapes = [(shape_of(cell), cell) for cell in wrong]
    words = dict.fromkeys(pair for pair in shapes if pair[0] in ("name", "text"))
    others = [shape for shape, _ in shapes if shape not in ("name", "text")]
    return others + [shape for shape, _ in words]


def _mark(lists: Lists, no: int, name: str | None, cells: Sequence[Cell]) -> None:
    marks: dict[str, None] = {}
    for cell in cells:
        if (mark := mark_of(cell)) is not None:
            marks[mark] = None
            if len(marks) == _MARKS:
                break
    lists.marks += [Mark(no, name, mark) for mark in marks]


def _note_twins(lists: Lists, column: ColumnSpec, at: int, writer: BlockWriter) -> None:
    """Other columns under the same heading, and in how many rows they say otherwise."""
    parse = kind_named(column.kind).parse
    for other in writer.places[column.name]:
        is_same = fold(writer.heading(other)) == fold(writer.heading(at))
        if other == at or not (is_same or column.kind in _ONE_PERSON):
            continue
        both = [
            (one, two)
            for one, two in zip(writer.cells(at), writer.cells(other), strict=True)
            if not is_empty(one) and not is_empty(two)
        ]
        differ = sum(
            mark_of(one) != mark_of(two)
            if column.kind in _ONE_PERSON
            else parse(one).values != parse(two).values
            for one, two in both
        )
        lists.shapes.append(
            Shape(other + 1, column.name, len(both), differ, None, 0, "", at + 1)
        )
