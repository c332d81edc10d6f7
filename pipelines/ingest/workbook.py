"""Workbooks as sheets, read by python-calamine; what it leaves out is put back."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import python_calamine

from pipelines.ingest.cells import (
    Address,
    ErrorText,
    PlainRows,
    Row,
    Rows,
    Sheet,
)
from pipelines.ingest.container import Refused
from pipelines.ingest.xlsx import Marks, scan

_MOST_CELLS = 40_000_000


def book_sheets(path: Path, sniffed: str, most_inflated: int) -> Iterator[Sheet]:
    """The sheets in their order; raises Refused."""
    check = _Scan(path, most_inflated) if sniffed == "xlsx" else None
    try:
        book = python_calamine.load_workbook(path)
    except python_calamine.PasswordError:
        raise Refused("ING_ENCRYPTED", "工作簿设了打开密码") from None
    except (python_calamine.CalamineError, OSError, ValueError):
        raise Refused("ING_BROKEN", "工作簿无法打开") from None
    metas = [
        meta
        for meta in book.sheets_metadata
        if meta.typ == python_calamine.SheetTypeEnum.WorkSheet
    ]
    names = {meta.name.casefold() for meta in metas}
    if len(names) < len(metas):
        # The reader would give the first one's rows twice and lose the second.
        raise Refused("ING_UNSAFE", "有重名的工作表")
    places = {meta.name: at for at, meta in enumerate(book.sheets_metadata)}
    for number, meta in enumerate(metas, start=1):
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except python_calamine.PasswordError:
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码") from None
        except (python_calamine.CalamineError, OSError, ValueError):
            raise Refused("ING_BROKEN", "有工作表无法读取") from None
        marks = check.marks(places[meta.name]) if check else Marks()
        yield _book_sheet(number, meta, sheet, marks)
    if check and not metas:
        check.marks(0)


def _book_sheet(
    number: int,
    meta: python_calamine.SheetMetadata,
    sheet: python_calamine.CalamineSheet,
    marks: Marks,
) -> Sheet:
    height = 0 if sheet.end is None else sheet.end[0] + 1
    width = 0 if sheet.end is None else sheet.end[1] + 1
    # An error in the last row or column leaves the reader's range too small.
    tallest = max((at[0] + 1 for at in marks.errors), default=0)
    widest = max((at[1] + 1 for at in marks.errors), default=0)
    if height * width > _MOST_CELLS:
        raise Refused("ING_TOO_LARGE", "工作表的范围过大")
    merges = sheet.merged_cell_ranges or []

    # The reader pads the rows above its range, and forgets the columns before it.
    before: Row = [""] * (sheet.start[1] if sheet.start else 0)

    def rows() -> Rows:
        given: Iterator[Row] = sheet.iter_rows() if height else iter(())  # type: ignore[assignment]
        if before:
            given = (before + row for row in given)
        if marks.errors:
            given = _with_errors(given, marks.errors, tallest, max(width, widest))
        return PlainRows(given)

    return Sheet(
        number=number,
        name=meta.name,
        is_hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
        height=max(height, tallest),
        rows=rows,
        merges=tuple(sorted(merges)),
        valueless=frozenset(marks.valueless),
    )


def _with_errors(
    rows: Iterator[Row], errors: dict[Address, str], height: int, width: int
) -> Iterator[Row]:
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row_at, column_at), text in errors.items():
        by_row.setdefault(row_at, []).append((column_at, text))
    at = -1
    for at, row in enumerate(rows):
        for column_at, text in by_row.get(at, ()):
            row.extend([""] * (column_at + 1 - len(row)))
            row[column_at] = ErrorText(text)
        yield row
    for beyond in range(at + 1, height):
        row = [""] * width
        for column_at, text in by_row.get(beyond, ()):
            row[column_at] = ErrorText(text)
        yield row


class _Scan:
    """The pass over the XML parts, on a second thread while the reader works."""

    def __init__(self, path: Path, most_inflated: int) -> None:
        self._found: dict[int, Marks] = {}
        self._refused: Refused | None = None

        def work() -> None:
            try:
                self._found = scan(path, most_inflated)
            except Refused as refused:
                self._refused = refused
            except Exception:  # noqa: BLE001 - any trouble here is the file's
                self._refused = Refused("ING_BROKEN", "工作簿内容无法识别")

        self._thread = threading.Thread(target=work, daemon=True)
        self._thread.start()

    def marks(self, place: int) -> Marks:
        """Marks of the sheet at that place, once the pass is over; raises Refused."""
        self._thread.join()
        if self._refused is not None:
            raise self._refused
        return self._found.get(place, Marks())
