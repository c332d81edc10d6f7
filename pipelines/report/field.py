"""Follow-up books: one for each village, one for each township.

A village team prints its book or opens it on a phone: a cover, and one table grouped
by household in which only the answer columns can be written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.report import sheets
from pipelines.report.book import CLASSIFICATION, Book, Page
from pipelines.report.cards import card_page
from pipelines.report.copies import Copy
from pipelines.report.cover import cover, due, households_of, people_of
from pipelines.report.facts import Facts
from pipelines.report.items import Item, items_of
from pipelines.report.layout import height
from pipelines.report.masking import mask_text, mask_texts
from pipelines.report.query import Row
from pipelines.report.sheets import Column, Sheet
from pipelines.report.table import heads, table_page

BODY_POINTS = 11.0
_LEAST_HEIGHT = 64.0
_HEAD_ROW = 2
_SIGN = (
    "核查人（驻村工作队）：＿＿＿＿＿＿　　村党支部书记：＿＿＿＿＿＿　　"
    "乡镇包村干部：＿＿＿＿＿＿　　（公章）　　　　年　　月　　日"
)
_TOWNSHIP_SIGN = (
    "核查人：＿＿＿＿＿＿　　乡镇分管负责人：＿＿＿＿＿＿　　"
    "（公章）　　　　年　　月　　日"
)


def village_book(
    path: Path, township: str, village: str, rows: Sequence[Row], facts: Facts,
    copy: Copy,
) -> str:  # fmt: skip
    """Write one village's book; its SHA-256. ``rows`` are that village's alone."""
    items = items_of(sheets.ITEM, rows)
    place = mask_text(f"{township}{village}")
    book = Book(f"{place}雨露计划对账核查表", facts)
    cover(book, place, items, facts, copy, is_township=False)
    _item_page(book, sheets.ITEM, place, items, facts, _SIGN)
    card_page(book, place, items, facts)
    return book.save(path)


def township_book(
    path: Path, township: str, rows: Mapping[str, Sequence[Row]], facts: Facts,
    copy: Copy,
) -> str:  # fmt: skip
    """Write one township's book; its SHA-256."""
    items = items_of(sheets.TOWNSHIP_ITEM, rows[sheets.TOWNSHIP_ITEM.query])
    place = mask_text(township)
    book = Book(f"{place}雨露计划对账核查表", facts)
    cover(book, place, items, facts, copy, is_township=True)
    summary, *details = sheets.TOWNSHIP_TABLES
    table_page(book, summary, masked(rows[summary.query]), facts, place=place)
    _item_page(book, sheets.TOWNSHIP_ITEM, place, items, facts, _TOWNSHIP_SIGN)
    for table in details:
        table_page(book, table, masked(rows[table.query]), facts, place=place)
    return book.save(path)


def masked(rows: Sequence[Row]) -> list[Row]:
    """The rows with every number in their texts masked, row by row."""
    found: list[Row] = []
    for row in rows:
        places = [at for at, value in enumerate(row) if isinstance(value, str)]
        texts = dict(
            zip(places, mask_texts([str(row[at]) for at in places]), strict=True)
        )
        found.append(tuple(texts.get(at, value) for at, value in enumerate(row)))
    return found


def _item_page(
    book: Book, sheet: Sheet, place: str, items: Sequence[Item], facts: Facts, sign: str
) -> None:
    page = book.page(sheet.title)
    page.widths(column.width for column in sheet.columns)
    last = len(sheet.columns) - 1
    page.put(0, 0, f"{place}　{sheet.heading}", book.style("title"))
    page.height(0, 24)
    dates = f"{facts.as_of:%Y-%m-%d} 下发　{due(items)}"
    counted = f"{households_of(items)} 户　{people_of(items)} 人　{len(items)} 个问题"
    mark = f"{CLASSIFICATION}　{dates}　{counted}　{facts.to.line}"
    page.put(1, 0, mark, book.style("mark"))
    page.height(1, 18)
    heads(page, sheet.columns, _HEAD_ROW)
    _items(page, sheet, items)
    end = _HEAD_ROW + 1 + len(items)
    if not items:
        page.put(end, 0, "本次没有需要核实的问题。", book.style("sign"))
        end += 1
    page.height(end, 12)
    page.across(end + 1, 0, last, sign, book.style("sign"))
    page.height(end + 1, 40)
    page.sheet.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
    page.print_set_up(repeat=(_HEAD_ROW, _HEAD_ROW), footer=place)
    page.sheet.print_area(0, 0, end + 1, last)
    page.protect()


def _items(page: Page, sheet: Sheet, items: Sequence[Item]) -> None:
    """The rows: a heavy line above each household, every second one shaded."""
    band, before = True, ""
    by_answers: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    by_column: dict[Column, list[tuple[int, int]]] = {}
    for row, item in enumerate(items, _HEAD_ROW + 1):
        is_first = row == _HEAD_ROW + 1 or item.household_key != before
        band, before = band ^ is_first, item.household_key
        for at, column in enumerate(sheet.columns):
            style = page.book.style(column.role, band=band, first=is_first)
            page.put(row, at, item.cells.get(column.name), style)
            if column.by_rule:
                by_answers.setdefault(item.answers, []).append((row, at))
            elif column.choices:
                by_column.setdefault(column, []).append((row, at))
        shown = [(item.cells.get(c.name), c.width) for c in sheet.columns]
        page.height(row, max(_LEAST_HEIGHT, height(shown, BODY_POINTS)))
    for answers, cells in by_answers.items():
        page.choices(cells, answers, "核查结果", strict=True)
    for column, cells in by_column.items():
        page.choices(cells, column.choices, column.title.split("\n")[0], strict=False)
