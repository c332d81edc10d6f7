"""Every workbook, opened again with openpyxl, against queries asked once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

import duckdb
import openpyxl

from pipelines.report import audit_cells, sheets
from pipelines.report.audit_field import field_books
from pipelines.report.book import CLASSIFICATION
from pipelines.report.field import masked
from pipelines.report.prepare import rows_of
from pipelines.report.query import Row, asked
from pipelines.report.sheets import Sheet
from pipelines.report.write import KEYS, LISTS, MAIN, NOTICE

Connection = duckdb.DuckDBPyConnection
ROW_COUNTS = Path(__file__).parent / "figures" / "row_counts.sql"
# What stands before the declared tables of a book.
_FIRST = {MAIN: "总览", KEYS: "说明"}
_YUAN = ("yuan", "yuan_at_stake")
_TABLE_TOP, _ITEM_TOP = 4, 3  # 1-based rows of the column heads


def all_rows(con: Connection) -> dict[str, list[Row]]:
    """The rows of every sheet's query, asked anew."""
    return {sheet.query: rows_of(con, sheet) for sheet in sheets.SHEETS}


def books(
    folder: Path, con: Connection, rows: Mapping[str, Sequence[Row]]
) -> Iterator[str]:
    """Shortfalls of all workbooks below ``folder``."""
    yield from _county(folder / MAIN, sheets.COUNTY_SHEETS, rows)
    yield from _county(folder / LISTS, sheets.LIST_SHEETS, rows)
    yield from _county(folder / KEYS, (sheets.KEY_PENDING,), rows)
    public = {s.query: masked(rows[s.query]) for s in sheets.PUBLIC_SHEETS}
    yield from _county(folder / NOTICE, sheets.PUBLIC_SHEETS, public)
    yield from _public(folder / NOTICE)
    yield from field_books(folder, con, rows)


def counted(con: Connection, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Sheets whose query gives more or fewer rows, or yuan, than its table holds."""
    stated = {query: (n, yuan) for query, n, yuan in asked(con, ROW_COUNTS)[1]}
    for sheet in sheets.SHEETS:
        if sheet.query not in stated:
            continue
        count, yuan = stated[sheet.query]
        found = rows[sheet.query]
        if len(found) != count:
            yield f"{sheet.title}：应有 {count} 行，查询得 {len(found)} 行"
        names = sheet.query_columns
        for at in (names.index(name) for name in _YUAN if name in names):
            amounts = [row[at] for row in found if isinstance(row[at], int | float)]
            if (yuan or 0) != sum(cast("list[float]", amounts)):
                yield f"{sheet.title}：金额两次计算不一致"


# 教财厅函〔2017〕28号: what a notice about aided students may say, and no more.
_MAY_BE_PUBLIC = frozenset(
    {
        "类别",
        "学年",
        "办学层次",
        "就读学校",
        "姓名",
        "资助金额（元）",
        "人数（人）",
        "金额（元）",
        "说明",
    }
)


def _public(path: Path) -> Iterator[str]:
    """The notice: nothing but the columns that the ministry's rule leaves."""
    book = openpyxl.load_workbook(path)
    try:
        for page in book.worksheets:
            titles = {cell.value for cell in page[_TABLE_TOP] if cell.value is not None}
            yield from (
                f"{path.name} {page.title}：公示不得有“{title}”一栏"
                for title in sorted(map(str, titles - _MAY_BE_PUBLIC))
            )
            if page.max_column > len(titles):
                yield f"{path.name} {page.title}：公示表有没有标题的栏"
            if CLASSIFICATION in str(page.oddFooter.left.text):
                yield f"{path.name} {page.title}：公示表带有内部资料字样"
    finally:
        book.close()


def _county(
    path: Path, declared: Sequence[Sheet], rows: Mapping[str, Sequence[Row]]
) -> Iterator[str]:
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        ours = {sheet.title for sheet in declared} | {_FIRST.get(path.name)}
        if set(book.sheetnames) - ours:
            yield f"{path.name}：多出工作表"
        for sheet in declared:
            if sheet.title not in book.sheetnames:
                yield f"{path.name}：缺少工作表 {sheet.title}"
                continue
            cells = book[sheet.title].iter_rows(min_row=_TABLE_TOP)
            yield from audit_cells.sheet_table(
                path.name, sheet, list(cells), rows[sheet.query]
            )
        if path.name == MAIN:
            yield from _overview(book["总览"], rows)
    finally:
        book.close()


def _overview(page: Any, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """总览: every block stands there whole, in order, each figure as derived."""
    lines = [
        [c.value for c in line if c.value is not None] for line in page.iter_rows()
    ]
    at = 0
    for sheet in sheets.OVERVIEW:
        wanted = rows[sheet.query]
        titles = [column.title for column in sheet.columns]
        while wanted and at < len(lines) and lines[at] != titles:
            at += 1
        for number, row in enumerate(wanted, at + 1):
            values = [value for value in row if value is not None and value != ""]
            have = lines[number] if number < len(lines) else []
            if len(have) != len(values) or not all(map(_same_in_grid, have, values)):
                yield f"{MAIN} 总览：第 {number + 1} 行与查询结果不符"


def _same_in_grid(have: object, wanted: object) -> bool:
    # A cell that spans several columns holds text.
    return audit_cells.same(have, wanted) or have == str(wanted)
