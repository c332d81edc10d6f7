"""疑似同一人 and the receipts, opened again: every cell, every lock, every drop-down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from pipelines.report import audit_cells, sheets
from pipelines.report.decide import options
from pipelines.report.field import masked
from pipelines.report.query import Row
from pipelines.report.write import DECIDE

_TOP = 4  # 1-based row of the column heads


def decide(
    folder: Path, con: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]
) -> Iterator[str]:
    """Shortfalls of 疑似同一人 and of every receipt."""
    book = openpyxl.load_workbook(folder / DECIDE)
    try:
        yield from _questions(book, rows[sheets.QUESTION.query])
        sheet = sheets.DECISION
        cells = list(book[sheet.title].iter_rows(min_row=_TOP))
        yield from audit_cells.sheet_table(DECIDE, sheet, cells, rows[sheet.query])
    finally:
        book.close()
    con.execute("select township, book from out_book where audience = 'return'")
    for file, name in sorted(con.fetchall()):
        own = masked([row for row in rows[sheets.RETURNED.query] if row[0] == file])
        receipt = openpyxl.load_workbook(folder / name, read_only=True)
        try:
            page = receipt[sheets.RETURNED.title]
            cells = list(page.iter_rows(min_row=_TOP))
            yield from audit_cells.sheet_table(name, sheets.RETURNED, cells, own)
        finally:
            receipt.close()


def _questions(book: Any, rows: Sequence[Row]) -> Iterator[str]:
    sheet = sheets.QUESTION
    if sheet.title not in book.sheetnames:
        yield f"{DECIDE}：缺少工作表 {sheet.title}"
        return
    page = book[sheet.title]
    titles = [page.cell(_TOP, at).value for at in range(1, len(sheet.columns) + 1)]
    if titles != [column.title for column in sheet.columns]:
        yield f"{DECIDE}：表头与声明不符"
        return
    if not page.protection.sheet:
        yield f"{DECIDE}：{sheet.title}没有保护"
    lists = {
        cell: str(rule.formula1).strip('"').split(",")
        for rule in page.data_validations.dataValidation
        for area in rule.sqref.ranges
        for cell in area.cells
    }
    for line, row in enumerate(rows, _TOP + 1):
        cells = dict(zip(sheet.query_columns, row, strict=True))
        for at, column in enumerate(sheet.columns, 1):
            cell = page.cell(line, at)
            wanted = cells.get(column.name)
            if not (cell.value is None and wanted in (None, "")) and not (
                audit_cells.same(cell.value, wanted)
            ):
                yield f"{DECIDE}：{cell.coordinate} 与查询结果不符"
            if cell.protection.locked is column.is_answer:
                yield f"{DECIDE}：{cell.coordinate} 的锁定不对"
            if column.name == "answer" and lists.get((line, at)) != list(
                options(int(str(row[0])))
            ):
                yield f"{DECIDE}：{cell.coordinate} 的下拉选项不对"
    after = _TOP + 1 + len(rows)
    if any(page.cell(line, 1).value for line in range(after + 1, page.max_row + 1)):
        yield f"{DECIDE}：表下有多余的行"
