"""A sheet of ours that came back: every filled cell as text, and an account of its rows.

Here it is only told and taken; what its rows answer is for the stage of returns to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipelines.ingest.cells import Ahead, Merge, Row
from pipelines.ingest.grid import Sheet
from pipelines.ingest.reports import Line, Lists, ReturnCell, SheetReport
from schemas.kinds import Cell, as_text
from schemas.returns import FORMS, RETURN_SOURCE, ReturnForm
from schemas.text import fold

_LONGEST = 2_000
_MOST_COLUMNS = 60


def form_of(rows: Sequence[Row]) -> ReturnForm | None:
    """The form whose numbers stand in a column of these first rows."""
    texts = [[_text(cell) for cell in row[:_MOST_COLUMNS]] for row in rows]
    return next((f for f in FORMS if f.number_column(texts) is not None), None)


def is_other_sheet(rows: Sequence[Row], form: ReturnForm) -> bool:
    """Whether it is a sheet of the same workbook in which nothing is to be filled in."""
    unwanted = {fold(heading) for heading in form.not_this}
    return any(
        cell.__class__ is str and fold(str(cell)) in unwanted
        for row in rows
        for cell in row
    )


def take_return(
    rows: Ahead, sheet: Sheet, form: ReturnForm, report: SheetReport, lists: Lists
) -> None:
    """Every filled cell; a row that shows a number is accepted, others are notes."""
    report.source = RETURN_SOURCE
    for row_no, row in enumerate(_unmerged(rows, sheet.merges), start=1):
        texts = [_text(cell) for cell in row[:_MOST_COLUMNS]]
        for column_no, text in enumerate(texts, start=1):
            if text:
                lists.returned.append(ReturnCell(row_no, column_no, text[:_LONGEST]))
        if any(text and form.numbering.read(text) for text in texts):
            _add(lists, row_no, "accepted")
        else:
            _add(lists, row_no, "note" if any(texts) else "blank")


def _unmerged(rows: Ahead, merges: Sequence[Merge]) -> Iterator[Row]:
    """The rows with cells merged downwards written into each of their rows."""
    open_: dict[int, tuple[int, Cell]] = {}
    starts: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merges:
        if bottom > top:
            starts.setdefault(top, []).append((left, bottom))
    for at, given in enumerate(rows):
        row = list(given)
        for column, (bottom, value) in list(open_.items()):
            if at > bottom:
                del open_[column]
            elif column < len(row) and row[column] in ("", None):
                row[column] = value
        for column, bottom in starts.get(at, ()):
            open_[column] = (bottom, row[column] if column < len(row) else None)
        yield row


def _text(cell: Cell) -> str | None:
    text = as_text(cell)
    return text.strip() or None if text else None


def _add(lists: Lists, row_no: int, disposition: str) -> None:
    before = lists.lines[-1] if lists.lines else None
    if before and (before.last, before.disposition) == (row_no - 1, disposition):
        lists.lines[-1] = before._replace(last=row_no)
    else:
        lists.lines.append(Line(row_no, row_no, disposition, None))
