"""A plain table on a sheet: heading lines, column heads, rows, filter, print set-up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipelines.report.book import Book, Page, Value
from pipelines.report.facts import Facts
from pipelines.report.layout import height, lines
from pipelines.report.query import Row
from pipelines.report.sheets import Column, Sheet

BODY_POINTS = 10.0
_ROW_HEIGHT = 18.0
_HEAD_ROW = 3


def value_of(value: object) -> Value:
    """A query's value as a cell may hold it: whole floats as whole numbers."""
    if isinstance(value, float):
        return int(value) if value == int(value) else value
    if value is None or isinstance(value, str | int | date):
        return value
    raise TypeError(f"no cell for {type(value).__name__}")


def table_page(
    book: Book,
    sheet: Sheet,
    rows: Sequence[Row],
    facts: Facts,
    *,
    place: str = "",
    ground: str = "",
) -> Page:
    """One whole sheet for one query; a book for a ``place`` names it and says less,
    and ``ground`` says something else than what the night rests on."""
    page = book.page(sheet.title)
    page.widths(column.width for column in sheet.columns)
    last = len(sheet.columns) - 1
    ground = ground or (f"依据：{facts.basis}。" if place else facts.ground)
    heading = f"{place}　{sheet.heading}" if place else sheet.heading
    heading_lines(page, heading, f"{sheet.unit}。{ground}", last, facts)
    end = body(page, sheet, rows[: sheet.most], _HEAD_ROW)
    page.sheet.freeze_panes(_HEAD_ROW + 1, sheet.frozen)
    page.sheet.autofilter(_HEAD_ROW, 0, max(end - 1, _HEAD_ROW + 1), last)
    page.print_set_up(repeat=(_HEAD_ROW, _HEAD_ROW), footer=place or sheet.heading)
    if not rows:
        page.put(_HEAD_ROW + 1, 0, "（无）", book.style("about"))
    if len(rows) > sheet.most:
        told = f"只列出前 {sheet.most} 行，共 {len(rows)} 行，全部见 {sheet.rest}。"
        page.put(end + 1, 0, told, book.style("mark"))
    return page


def heading_lines(
    page: Page, heading: str, about: str, last: int, facts: Facts
) -> None:
    """Title, classification and the lines that say what this rests on (rows 1 to 3)."""
    style = page.book.style
    page.put(0, 0, heading, style("title"))
    page.height(0, 26)
    sample = "　演示数据（虚构）" if facts.is_sample else ""
    dated = f"数据截至 {facts.as_of:%Y-%m-%d}{sample}"
    mark = f"{page.book.classification}　{facts.county}　{dated}　{facts.to.line}"
    page.put(1, 0, mark, style("mark"))
    page.height(1, 18)
    page.across(2, 0, last, about, style("about"))
    # A heading line is read on the screen; ten columns are about what a screen shows.
    page.height(2, min(60.0, height([(about, 110)], BODY_POINTS)))


def body(page: Page, sheet: Sheet, rows: Sequence[Row], top: int) -> int:
    """Column heads in row ``top`` and the rows below; the first row after them."""
    heads(page, sheet.columns, top)
    skip = len(sheet.carries)
    total = top + len(rows) if sheet.has_total else None
    for offset, row in enumerate(rows, top + 1):
        values = [value_of(value) for value in row[skip:]]
        _row(page, sheet.columns, values, offset, is_total=offset == total)
    return top + 1 + len(rows)


def heads(page: Page, columns: Sequence[Column], row: int) -> None:
    at, most = 0, 1
    for column in columns:
        role = "answer_heading" if column.is_answer else "heading"
        page.across(row, at, at + column.span - 1, column.title, page.book.style(role))
        most = max(most, lines(column.title, column.width, BODY_POINTS + 0.5))
        at += column.span
    page.height(row, 15.0 * most + 6)


_TOTAL = {"count": "total_count", "yuan": "total_yuan"}


def _row(
    page: Page,
    columns: Sequence[Column],
    values: Sequence[Value],
    row: int,
    *,
    is_total: bool,
) -> None:
    at = 0
    wrapped = []
    for column, value in zip(columns, values, strict=True):
        role = _TOTAL.get(column.role, "total_text") if is_total else column.role
        if isinstance(value, float) and role.endswith("yuan"):
            role += "_exact"
        style = page.book.style(role)
        if column.span == 1:
            page.put(row, at, value, style)
        else:
            page.across(row, at, at + column.span - 1, _text(value), style)
        if column.role == "wrap" and isinstance(value, str):
            wrapped.append((value, column.width))
        at += column.span
    page.height(row, max(_ROW_HEIGHT, height(wrapped, BODY_POINTS)))


def _text(value: Value) -> str:
    return "" if value is None else str(value)
