"""Every follow-up book, opened again: its table, form, cards, cover, and no stranger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import openpyxl

from pipelines.report import audit_cells, cards, cover, sheets
from pipelines.report.book import CLASSIFICATION, shown
from pipelines.report.copies import Copy, copies
from pipelines.report.field import masked
from pipelines.report.items import Item, items_of
from pipelines.report.query import Row
from pipelines.report.sheets import Sheet

Rows = Mapping[str, Sequence[Row]]
_TABLE_TOP, _ITEM_TOP = 4, 3  # 1-based rows of the column heads
_LEAST_NAME, _MOST_NAME = 3, 6


def field_books(
    folder: Path, con: duckdb.DuckDBPyConnection, rows: Rows
) -> Iterator[str]:
    """Shortfalls of the books of all townships and villages."""
    con.execute(
        "select township, village, book from out_book "
        "where audience in ('township', 'village') order by book"
    )
    numbers = {
        str(row[3]) for query in ("item", "township_item") for row in rows[query]
    }
    teams = copies(rows)
    texts: dict[str, list[tuple[str, str]]] = {}
    own: dict[str, str] = {}
    for township, village, name in con.fetchall():
        copy = teams.get((township, village), Copy())
        book = openpyxl.load_workbook(folder / name)
        try:
            yield from _field(name, book, township, village, rows, numbers, copy)
            texts[name] = [
                (f"{page.title}!{cell.coordinate}", cell.value)
                for page in book.worksheets
                for line in page.iter_rows()
                for cell in line
                if isinstance(cell.value, str)
            ]
            own[name] = _own_text(rows, township, village)
        finally:
            book.close()
    yield from _strange_names(rows, texts, own)


def _field(
    name: str, book: Any, township: str, village: str | None, rows: Rows,
    numbers: set[str], copy: Copy,
) -> Iterator[str]:  # fmt: skip
    is_township = village is None
    sheet = sheets.TOWNSHIP_ITEM if is_township else sheets.ITEM
    tables = sheets.TOWNSHIP_TABLES if is_township else ()
    wanted = [cover.TITLE, sheet.title, *(table.title for table in tables)]
    wanted += [] if is_township else [cards.TITLE]
    yield from (f"{name}：缺少工作表 {t}" for t in wanted if t not in book.sheetnames)
    yield from (
        f"{name}：多出工作表" for title in book.sheetnames if title not in wanted
    )
    if set(wanted) - set(book.sheetnames):
        return
    mine = [
        row
        for row in rows[sheet.query]
        if row[0] == township and (is_township or row[1] == village)
    ]
    items = items_of(sheet, mine)
    page = book[sheet.title]
    yield from _item_table(name, sheet, page, items)
    yield from _form(name, sheet, page, items)
    yield from _cover(name, book[cover.TITLE], items, copy, is_township=is_township)
    theirs = {item.finding_no for item in items}
    theirs |= {gone.finding_no for gone in copy.withdrawn}
    for table in tables:
        of_town = [r for r in rows[table.query] if r[0] == township]
        if "finding_no" in table.query_columns:
            at = table.query_columns.index("finding_no")
            theirs |= {str(row[at]) for row in of_town}
        found = list(book[table.title].iter_rows(min_row=_TABLE_TOP))
        yield from audit_cells.sheet_table(name, table, found, masked(of_town))
    if not is_township:
        yield from cards_of(name, book[cards.TITLE], items)
    yield from _strangers(name, book, numbers - theirs)


def cards_of(name: str, page: Any, items: Sequence[Item]) -> Iterator[str]:
    """The cards: every question of the table once, word for word, nothing to fill in."""
    told = [
        (str(line[0].value or ""), str(line[1].value or ""))
        for line in page.iter_rows(max_col=2)
    ]
    households = len({item.household_key for item in items})
    wanted = [
        (label, shown(text))
        for item in items
        for _, label, text, _ in cards.lines(item)
    ]
    labels = {label for label, _ in wanted}
    have = [line for line in told if line[0] in labels]
    is_cut = households > cards.MOST_HOUSEHOLDS
    if have != (wanted[: len(have)] if is_cut else wanted):
        yield f"{name}：{cards.TITLE}与核查表的问题不一致"
    if len(page.row_breaks.brk) != max(0, min(households, cards.MOST_HOUSEHOLDS) - 1):
        yield f"{name}：{cards.TITLE}不是一户一页"
    if not page.protection.sheet:
        yield f"{name}：{cards.TITLE}没有保护"


def _cover(
    name: str, page: Any, items: Sequence[Item], copy: Copy, *, is_township: bool
) -> Iterator[str]:
    """The cover: its counts, days and sentences as they follow from the questions."""
    told = {
        str(line[0].value): str(line[1].value)
        for line in page.iter_rows(max_col=2)
        if line[0].value and line[1].value
    }
    wanted = dict(cover.told(items, copy, is_township=is_township))
    wanted |= dict(cover.taken_back(copy))
    yield from (
        f"{name}：{cover.TITLE}“{label.split(chr(10))[0]}”与查询结果不符"
        for label, text in wanted.items()
        if told.get(shown(label)) != shown(text)
    )
    for item in items:
        if told.get(shown(item.title)) != shown(cover.answers_line(item.answers)):
            yield f"{name}：{cover.TITLE}可选的核查结果不符"
            break
    if not page.protection.sheet:
        yield f"{name}：{cover.TITLE}没有保护"


def _item_table(
    name: str, sheet: Sheet, page: Any, items: Sequence[Item]
) -> Iterator[str]:
    titles = [page.cell(_ITEM_TOP, at).value for at in range(1, len(sheet.columns) + 1)]
    if titles != [column.title for column in sheet.columns]:
        yield f"{name}：表头与声明不符"
    for line, item in enumerate(items, _ITEM_TOP + 1):
        for at, column in enumerate(sheet.columns, 1):
            cell = page.cell(line, at)
            wanted = shown(item.cells.get(column.name, "")) or None
            if cell.value != wanted:
                yield f"{name}：{cell.coordinate} 与查询结果不符"
            if cell.protection.locked is column.is_answer:
                yield f"{name}：{cell.coordinate} 的锁定不对"
    after = _ITEM_TOP + 1 + len(items)
    at = [c.name for c in sheet.columns].index("number_of") + 1
    if any(page.cell(line, at).value for line in range(after, page.max_row + 1)):
        yield f"{name}：核查表的行数多于应有的 {len(items)} 行"


def _form(name: str, sheet: Sheet, page: Any, items: Sequence[Item]) -> Iterator[str]:
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
        cell: tuple(str(rule.formula1).strip('"').split(","))
        for rule in page.data_validations.dataValidation
        for area in rule.sqref.ranges
        for cell in area.cells
    }
    wanted = {
        (line, at): item.answers if column.by_rule else column.choices
        for line, item in enumerate(items, _ITEM_TOP + 1)
        for at, column in enumerate(sheet.columns, 1)
        if column.by_rule or column.choices
    }
    for place in sorted(wanted.keys() | listed.keys()):
        where = f"{name}：{page.cell(*place).coordinate}"
        if place not in listed:
            yield f"{where} 没有下拉选项"
        elif listed[place] != wanted.get(place):
            yield f"{where} 的下拉选项不对"


def _strangers(name: str, book: Any, others: set[str]) -> Iterator[str]:
    """Finding numbers that belong to another book, wherever in this one they stand."""
    for page in book.worksheets:
        for line in page.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and others.intersection(
                    cell.value.split()
                ):
                    yield f"{name}：{page.title}!{cell.coordinate} 有别处的问题编号"


def _own_text(rows: Rows, township: str, village: str | None) -> str:
    """Everything that the queries say of one place."""
    found = [township, village or ""]
    for sheet in sheets.SHEETS:
        names = sheet.query_columns
        if "township" not in names:
            continue
        at = names.index("township")
        by_village = names.index("village") if "village" in names else None
        for row in rows[sheet.query]:
            is_here = row[at] == township and (
                village is None or by_village is None or row[by_village] == village
            )
            if is_here:
                found += [value for value in row if isinstance(value, str)]
    return "\n".join(found)


def _strange_names(
    rows: Rows, texts: Mapping[str, Sequence[tuple[str, str]]], own: Mapping[str, str]
) -> Iterator[str]:
    """Names of people who are asked about elsewhere, where nothing of this place says
    them. Two characters make too many words to be told from a name."""
    names = {
        str(dict(zip(sheet.query_columns, row, strict=True))[column])
        for sheet in (sheets.ITEM, sheets.TOWNSHIP_ITEM)
        for row in rows[sheet.query]
        for column in ("name", "head_name")
    }
    names = {name for name in names if _LEAST_NAME <= len(name) <= _MOST_NAME}
    # What every book says is no one's name.
    alike = [{text for _, text in found} for found in texts.values()]
    fixed = set.intersection(*alike) if len(alike) > 1 else set()
    for book, found in texts.items():
        strange = {name for name in names if name not in own[book]}
        for place, text in found:
            if text not in fixed and _names_in(text, strange):
                yield f"{book}：{place} 有别处人员的姓名"


def _names_in(text: str, names: set[str]) -> bool:
    return any(
        text[at : at + length] in names
        for length in range(_LEAST_NAME, _MOST_NAME + 1)
        for at in range(len(text) - length + 1)
    )
