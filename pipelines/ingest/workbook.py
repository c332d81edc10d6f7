"""Workbooks as sheets, read by python-calamine; what it leaves out is put back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from pipelines.ingest.counts import Count, Counted, too_large


def book_sheets(path: Path, counted: Sequence[Counted]) -> Iterator[Sheet]:
    """The sheets in their order, beside their second count; raises Refused."""
    large = too_large(counted)
    if large is not None:
        # The reader fills out whole ranges before it gives a single row.
        raise Refused("ING_TOO_LARGE", f"工作表的范围过大（到{large.last_cell}）")
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
    if len({meta.name for meta in metas}) < len(metas):
        # The reader would give the first one's rows twice and lose the second.
        raise Refused("ING_UNSAFE", "有重名的工作表")
    counts = _by_name(book.sheets_metadata, counted)
    for number, meta in enumerate(metas, start=1):
        try:
            sheet = book.get_sheet_by_name(meta.name)
        except python_calamine.PasswordError:
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码") from None
        except (python_calamine.CalamineError, OSError, ValueError):
            raise Refused("ING_BROKEN", "有工作表无法读取") from None
        yield _book_sheet(number, meta, sheet, counts[meta.name])


def _by_name(
    metas: Sequence[python_calamine.SheetMetadata], counted: Sequence[Counted]
) -> dict[str, Count]:
    """The second count of each sheet; raises Refused when the file's own directory
    tells of other sheets than the reader."""
    found = {}
    if len(metas) != len(counted):
        raise Refused("ING_MISREAD", "工作表的数目前后不符")
    for meta, other in zip(metas, counted, strict=True):
        if other.count is not None:
            found[meta.name] = other.count
        elif meta.typ == python_calamine.SheetTypeEnum.WorkSheet:
            raise Refused("ING_BROKEN", "有工作表没有内容")
    return found


def _book_sheet(
    number: int,
    meta: python_calamine.SheetMetadata,
    sheet: python_calamine.CalamineSheet,
    count: Count,
) -> Sheet:
    height = 0 if sheet.end is None else sheet.end[0] + 1
    width = 0 if sheet.end is None else sheet.end[1] + 1
    errors = count.errors
    # An error in the last row or column leaves the reader's range too small.
    tallest = max((at[0] + 1 for at in errors), default=0)
    widest = max((at[1] + 1 for at in errors), default=0)
    merges = sheet.merged_cell_ranges or []

    # The reader pads the rows above its range, and forgets the columns before it.
    before: Row = [""] * (sheet.start[1] if sheet.start else 0)

    def rows() -> Rows:
        given: Iterator[Row] = sheet.iter_rows() if height else iter(())  # type: ignore[assignment]
        if before:
            given = (before + row for row in given)
        if errors:
            given = _with_errors(given, errors, tallest, max(width, widest))
        return PlainRows(given)

    return Sheet(
        number=number,
        name=meta.name,
        is_hidden=meta.visible != python_calamine.SheetVisibleEnum.Visible,
        height=max(height, tallest),
        rows=rows,
        merges=tuple(sorted(merges)),
        valueless=count.valueless,
        count=count,
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
