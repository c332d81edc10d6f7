"""One table on a sheet, cell by cell, against the rows of its query."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from pipelines.report.book import shown
from pipelines.report.query import Row
from pipelines.report.sheets import Sheet


def sheet_table(
    name: str, sheet: Sheet, cells: Sequence[Sequence[Any]], rows: Sequence[Row]
) -> Iterator[str]:
    """The head and every cell below it, as the query says."""
    where = f"{name} {sheet.title}"
    titles = [cell.value for cell in cells[0]][: len(sheet.columns)]
    if titles != [column.title for column in sheet.columns]:
        yield f"{where}：表头与声明不符"
        return
    body = cells[1:] if rows else []
    if len(rows) > sheet.most:
        # Below them a blank line, and the line that says where the rest stands.
        body, rows = body[:-2], rows[: sheet.most]
    if len(body) != len(rows):
        yield f"{where}：应有 {len(rows)} 行，实有 {len(body)} 行"
        return
    skip = len(sheet.carries)
    for line, row in zip(body, rows, strict=True):
        if any(cell.value is not None for cell in line[len(sheet.columns) :]):
            yield f"{where}：{line[0].coordinate} 一行右边有多出的内容"
        for cell, value in zip(line, row[skip:], strict=False):
            if cell.value is None and value in (None, ""):
                continue
            if not same(cell.value, value):
                yield f"{where}：{cell.coordinate} 与查询结果不符"


def same(have: object, wanted: object) -> bool:
    if isinstance(have, datetime) and isinstance(wanted, date):
        return have.date() == wanted
    if isinstance(wanted, bool):
        return have == ("是" if wanted else "否")
    if isinstance(wanted, str):
        return isinstance(have, str) and have == shown(wanted)
    return type(have) in (int, float) and have == wanted
