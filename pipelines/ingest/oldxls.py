"""Workbooks of Excel 95 and before (BIFF 2 to 5), which old office systems still write.

The fast library takes none before Excel 5 and reads Chinese of Excel 5 wrongly.
"""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import Any

from pipelines.ingest.cells import ErrorText, PlainRows, Row, Sheet
from pipelines.ingest.container import Refused, ole_names
from pipelines.ingest.counts import Count, count_old, side_by_side
from schemas.kinds import Cell

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_CHINESE = 936


def is_old(path: Path) -> bool:
    """Whether an xls is of a form before Excel 97, or without a container."""
    return not _in_container(path) or "workbook" not in (ole_names(path) or ())


def old_sheets(path: Path) -> Iterator[Sheet]:
    """The sheets in their order; raises Refused."""
    book = _book(path)
    counts = _counts(path, len(book.sheets()))
    for number, sheet in enumerate(book.sheets(), start=1):
        merges = (
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        )
        yield Sheet(
            number=number,
            name=sheet.name,
            is_hidden=sheet.visibility != 0,
            height=sheet.nrows,
            rows=_Rows(book, sheet).given,
            merges=tuple(sorted(merges)),
            count=counts[number - 1],
        )


def _counts(path: Path, sheets: int) -> Sequence[Count | None]:
    """The second count of each sheet."""
    counted = [one for one in count_old(path) if one.count is not None]
    return side_by_side(counted, sheets)


def _in_container(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == _OLE


def _book(path: Path) -> Any:
    try:
        import xlrd
    except ImportError:
        raise Refused("ING_UNSUPPORTED", "是 Excel 95 或更早的工作簿") from None
    try:
        stated = _opened(path, None)
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise Refused("ING_ENCRYPTED", "工作簿设了打开密码") from None
        raise Refused("ING_BROKEN", "旧版表格的内容不完整") from None
    except UnicodeError:
        stated = None
    if stated is not None and stated.codepage == _CHINESE:
        return stated
    # Cheap writers state a western code page or none, and write Chinese all the same.
    with contextlib.suppress(UnicodeError):
        return _opened(path, "gb18030")
    if stated is None:
        raise Refused("ING_BROKEN", "文字编码前后不一致，或夹有乱码")
    return stated


def _opened(path: Path, encoding: str | None) -> Any:
    import xlrd

    try:
        return xlrd.open_workbook(
            path, logfile=io.StringIO(), ragged_rows=True, formatting_info=True,
            encoding_override=encoding,
        )  # fmt: skip
    except (xlrd.XLRDError, UnicodeError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - the library raises whatever a broken record causes
        raise Refused("ING_BROKEN", "旧版表格的内容不完整") from None


class _Rows:
    """The rows of one sheet as cells."""

    def __init__(self, book: Any, sheet: Any) -> None:
        self._book, self._sheet = book, sheet

    def given(self) -> PlainRows:
        return PlainRows(self._row(at) for at in range(self._sheet.nrows))

    def _row(self, at: int) -> Row:
        return [self._cell(cell) for cell in self._sheet.row(at)]

    def _cell(self, cell: Any) -> Cell:
        import xlrd

        match cell.ctype:
            case xlrd.XL_CELL_TEXT | xlrd.XL_CELL_NUMBER:
                return cell.value  # type: ignore[no-any-return]
            case xlrd.XL_CELL_BOOLEAN:
                return bool(cell.value)
            case xlrd.XL_CELL_ERROR:
                return ErrorText(xlrd.error_text_from_code.get(cell.value, "#N/A"))
            case xlrd.XL_CELL_DATE:
                return self._moment(cell.value)
        return ""

    def _moment(self, value: float) -> Cell:
        import xlrd

        try:
            moment: datetime = xlrd.xldate.xldate_as_datetime(
                value, self._book.datemode
            )
        except (xlrd.xldate.XLDateError, OverflowError, ValueError):
            return value
        if value < 1:
            return moment.time()
        return moment if moment.time() != time() else moment.date()
