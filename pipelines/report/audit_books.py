"""Every workbook, opened again with openpyxl, against queries asked once more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, cast

import duckdb
import openpyxl

from pipelines.report import cards, sheets
from pipelines.report.book import CLASSIFICATION, shown
from pipelines.report.field import masked
from pipelines.report.items import items_of
from pipelines.report.prepare import rows_of
from pipelines.report.query import Row, asked
from pipelines.report.sheets import Sheet
from pipelines.report.write import KEYS, LISTS, MAIN, NOTICE

Connection = duckdb.DuckDBPyConnection
ROW_COUNTS = Path(__file__).parent / "figures" / "row_counts.sql"
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
    con.execute(
        "select township, village, book from out_book "
        "where audience <> 'return' order by book"
    )
    numbers = {
        str(row[3]) for query in ("item", "township_item") for row in rows[query]
    }
    for township, village, book in con.fetchall():
        yield from _field(folder / book, book, township, village, rows, numbers)


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
        for sheet in declared:
            if sheet.title not in book.sheetnames:
                yield f"{path.name}：缺少工作表 {sheet.title}"
                continue
            cells = book[sheet.title].iter_rows(min_row=_TABLE_TOP)
            yield from sheet_table(path.name, sheet, list(cells), rows[sheet.query])
        if path.name == MAIN:
            yield from _overview(book["总览"], rows)
    finally:
        book.close()


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
    return same(have, wanted) or have == str(wanted)


def _field(
    path: Path, name: str, township: str, village: str | None,
    rows: Mapping[str, Sequence[Row]], numbers: set[str],
) -> Iterator[str]:  # fmt: skip
    sheet = sheets.TOWNSHIP_ITEM if village is None else sheets.ITEM
    mine = [
        row
        for row in rows[sheet.query]
        if row[0] == township and (village is None or row[1] == village)
    ]
    book = openpyxl.load_workbook(path)
    try:
        if sheet.title not in book.sheetnames:
            yield f"{name}：缺少工作表 {sheet.title}"
            return
        page = book[sheet.title]
        yield from _item_table(name, sheet, page, mine)
        yield from _form(name, sheet, page, len(mine))
        theirs = {str(row[3]) for row in mine}
        if village is None:
            for listed in (sheets.TOWNSHIP_DETAIL, sheets.TOWNSHIP_QUEUE):
                at = listed.query_columns.index("finding_no")
                theirs |= {
                    str(row[at]) for row in rows[listed.query] if row[0] == township
                }
            for table in sheets.TOWNSHIP_TABLES:
                own = masked([r for r in rows[table.query] if r[0] == township])
                found = list(book[table.title].iter_rows(min_row=_TABLE_TOP))
                yield from sheet_table(name, table, found, own)
        if village is not None:
            yield from cards_of(name, book, [str(row[3]) for row in mine])
        theirs |= {
            str(row[3])
            for row in rows[sheets.WITHDRAWN.query]
            if row[1] == township and row[2] == village
        }
        yield from _strangers(name, book, numbers - theirs)
    finally:
        book.close()


def cards_of(name: str, book: Any, numbers: Sequence[str]) -> Iterator[str]:
    """The cards: every question of the table once, in its order, nothing to fill in."""
    if cards.TITLE not in book.sheetnames:
        yield f"{name}：缺少工作表 {cards.TITLE}"
        return
    page = book[cards.TITLE]
    shown = [
        str(line[1].value).split("　")[0]
        for line in page.iter_rows(max_col=2)
        if str(line[0].value).startswith("问题 ")
    ]
    if shown != list(numbers[: len(shown)]) or (
        len(shown) < len(numbers)
        and len(page.row_breaks.brk) < cards.MOST_HOUSEHOLDS - 1
    ):
        yield f"{name}：{cards.TITLE}与核查表的问题不一致"
    if not page.protection.sheet:
        yield f"{name}：{cards.TITLE}没有保护"


def _item_table(
    name: str, sheet: Sheet, page: Any, rows: Sequence[Row]
) -> Iterator[str]:
    titles = [page.cell(_ITEM_TOP, at).value for at in range(1, len(sheet.columns) + 1)]
    if titles != [column.title for column in sheet.columns]:
        yield f"{name}：表头与声明不符"
    for line, item in enumerate(items_of(sheet, rows), _ITEM_TOP + 1):
        for at, column in enumerate(sheet.columns, 1):
            cell = page.cell(line, at)
            wanted = shown(item.cells.get(column.name, "")) or None
            if cell.value != wanted:
                yield f"{name}：{cell.coordinate} 与查询结果不符"
            if cell.protection.locked is column.is_answer:
                yield f"{name}：{cell.coordinate} 的锁定不对"
    after = _ITEM_TOP + 1 + len(rows)
    at = [c.name for c in sheet.columns].index("number_of") + 1
    if any(page.cell(line, at).value for line in range(after, page.max_row + 1)):
        yield f"{name}：核查表的行数多于应有的 {len(rows)} 行"


def _form(name: str, sheet: Sheet, page: Any, count: int) -> Iterator[str]:
    """Protection, drop-downs, frozen panes and print set-up of a follow-up table."""
    if not page.protection.sheet:
        yield f"{name}：工作表没有保护"
    if page.freeze_panes != page.cell(_ITEM_TOP + 1, sheet.frozen + 1).coordinate:
        yield f"{name}：冻结窗格不对"
    set_up = page.page_setup
    if set_up.orientation != "landscape" or int(set_up.paperSize or 0) != 9:
        yield f"{name}：打印设置不是 A4 横向"
    if page.print_title_rows != f"${_ITEM_TOP}:${_ITEM_TOP}":
        yield f"{name}：打印时表头不重复"
    if not str(page.oddFooter.left.text).startswith(CLASSIFICATION):
        yield f"{name}：页脚缺少密级提示"
    listed = {
        cell for found in page.data_validations.dataValidation for cell in _cells(found)
    }
    for line in range(_ITEM_TOP + 1, _ITEM_TOP + 1 + count):
        for at, column in enumerate(sheet.columns, 1):
            if (column.by_rule or column.choices) and (line, at) not in listed:
                yield f"{name}：{page.cell(line, at).coordinate} 没有下拉选项"


def _cells(found: Any) -> Iterator[tuple[int, int]]:
    for block in found.sqref.ranges:
        for row in range(block.min_row, block.max_row + 1):
            for column in range(block.min_col, block.max_col + 1):
                yield row, column


def _strangers(name: str, book: Any, others: set[str]) -> Iterator[str]:
    """Finding numbers that belong to another book, wherever in this one they stand."""
    for page in book.worksheets:
        for line in page.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and others.intersection(
                    cell.value.split()
                ):
                    yield f"{name}：{page.title}!{cell.coordinate} 有别处的问题编号"
