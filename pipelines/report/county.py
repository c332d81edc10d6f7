"""The county's books: 对账总表, 三个清单, 录入清单."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipelines.report import sheets
from pipelines.report.book import PUBLIC, Book, Page
from pipelines.report.facts import Facts
from pipelines.report.field import masked
from pipelines.report.layout import height
from pipelines.report.query import Row
from pipelines.report.sheets import GRID, GRID_WIDTH, Sheet, section
from pipelines.report.table import BODY_POINTS, body, heading_lines, table_page

Rows = Mapping[str, Sequence[Row]]

_KEY_NOTES = (
    "1. 已确认、可以直接录入的更正：0 条。更正须有现场核对证件的反馈，目前尚未收回。",
    "2. “待确认”表列出正在请村里核对证件的人，只作预告，确认前不要改动系统。",
    "3. 录入是否完成，以下一次系统导出为准，不以打勾为准。",
)
_CHART_ROWS = 14
_CHART_PIXELS = (520, 262)
_MOST_BARS = 15
_COLOURS = ("#2F6DB5", "#D98E04", "#8795A1")


def main_book(path: Path, rows: Rows, facts: Facts) -> str:
    """Write 对账总表; its SHA-256."""
    book = Book(f"{facts.county}雨露计划对账总表", facts)
    _overview(book, rows, facts)
    for sheet in sheets.COUNTY_SHEETS:
        table_page(book, sheet, rows[sheet.query], facts)
    return book.save(path)


def list_book(path: Path, rows: Rows, facts: Facts) -> str:
    """Write 三个清单; its SHA-256."""
    book = Book(f"{facts.county}雨露计划三个清单", facts)
    for sheet in sheets.LIST_SHEETS:
        table_page(book, sheet, rows[sheet.query], facts)
    return book.save(path)


def public_book(path: Path, rows: Rows, facts: Facts) -> str:
    """Write 公示名单, the one book that may hang on a wall; its SHA-256."""
    book = Book(f"{facts.county}雨露计划资助名单公示", facts, PUBLIC)
    for sheet in sheets.PUBLIC_SHEETS:
        shown = masked(rows[sheet.query])
        table_page(book, sheet, shown, facts, ground=_hotline(facts))
    return book.save(path)


def _hotline(facts: Facts) -> str:
    """Whom to tell: the county's own contact, and the national poverty line 12317."""
    own = "，".join(filter(None, (facts.office, facts.contact)))
    return f"如有异议请联系{own}；全国监督电话 12317。"


def key_book(path: Path, rows: Rows, facts: Facts) -> str:
    """Write 录入清单; its SHA-256. Nothing is confirmed until answers come back."""
    book = Book(f"{facts.county}录入清单", facts)
    page = book.page("说明")
    page.widths([100])
    heading_lines(page, "录入清单", "给操作全国系统的人员。", 0, facts)
    for row, text in enumerate(_KEY_NOTES, 4):
        page.put(row, 0, text, book.style("plain"))
        page.height(row, height([(text, 100)], BODY_POINTS) + 4)
    page.print_set_up(repeat=None, footer="录入清单")
    table_page(book, sheets.KEY_PENDING, rows[sheets.KEY_PENDING.query], facts)
    return book.save(path)


def _overview(book: Book, rows: Rows, facts: Facts) -> None:
    page = book.page("总览")
    page.widths([GRID_WIDTH] * GRID)
    heading_lines(
        page, f"{facts.county}雨露计划对账总览", facts.ground, GRID - 1, facts
    )
    row, places, breaks = 4, {}, []
    for sheet in sheets.OVERVIEW:
        places[sheet.query] = row + 2
        if sheet in (sheets.BY_TOWNSHIP, sheets.STUCK, sheets.BY_RULE):
            breaks.append(row)
        row = _block(page, sheet, rows[sheet.query], row)
        if sheet is sheets.HEADLINE:
            chart_row, row = row, row + _CHART_ROWS + 1
        if sheet is sheets.TREND and len(rows[sheet.query]) > 1:
            _trend_chart(page, rows, places, row)
            row += _CHART_ROWS + 1
        if sheet is sheets.BY_FAMILY:
            _shade(page, sheet, places[sheet.query], len(rows[sheet.query]) - 1)
    _funding_chart(page, rows, places, chart_row)
    _township_chart(page, rows, places, chart_row)
    page.sheet.freeze_panes(3, 0)
    page.sheet.set_h_pagebreaks(breaks)
    page.print_set_up(repeat=None, footer="总览")


def _block(page: Page, sheet: Sheet, rows: Sequence[Row], top: int) -> int:
    page.put(top, 0, section(sheet), page.book.style("section"))
    page.height(top, 22)
    page.across(top + 1, 0, GRID - 1, sheet.unit, page.book.style("about"))
    page.height(top + 1, 17)
    if not rows:
        page.put(top + 2, 0, "（无）", page.book.style("about"))
        return top + 4
    return body(page, sheet, rows, top + 2) + 1


def _funding_chart(page: Page, rows: Rows, places: Mapping[str, int], at: int) -> None:
    """People per period, funded and under review; the total row is no bar."""
    sheet = sheets.HEADLINE
    count = len(rows[sheet.query]) - 1
    _bars(
        page,
        sheet,
        places,
        count,
        ("people", "applied_people"),
        "各学年资助人数（人）",
        at,
        0,
    )


def _township_chart(page: Page, rows: Rows, places: Mapping[str, int], at: int) -> None:
    """Open findings per township, stacked by severity."""
    sheet = sheets.BY_TOWNSHIP
    count = min(_MOST_BARS, len(rows[sheet.query]) - 1)
    columns = ("a_count", "b_count", "c_count")
    _bars(
        page, sheet, places, count, columns, "各乡镇需要核实的差异（项）", at, GRID // 2
    )


def _trend_chart(page: Page, rows: Rows, places: Mapping[str, int], at: int) -> None:
    """What stood open and what was held, night by night."""
    names = ("new_count", "open_count", "held_count")
    count = len(rows[sheets.TREND.query])
    _chart(
        page,
        sheets.TREND,
        places,
        count,
        names,
        "逐晚变化（项）",
        at,
        0,
        "line",
    )


def _shade(page: Page, sheet: Sheet, head: int, count: int) -> None:
    """The more questions of one kind, the darker the cell; totals stay plain."""
    if count >= 1:
        first = _grid_column(sheet, "findings") + 1
        last = _grid_column(sheet, sheet.columns[-1].name)
        page.sheet.conditional_format(head + 1, first, head + count, last, {
            "type": "2_color_scale", "min_type": "num", "min_value": 0,
            "min_color": "#FFFFFF", "max_color": "#F4B183",
        })  # fmt: skip


def _bars(
    page: Page, sheet: Sheet, places: Mapping[str, int], count: int,
    names: tuple[str, ...], title: str, at: int, column: int,
) -> None:  # fmt: skip
    if count >= 1:
        _chart(page, sheet, places, count, names, title, at, column, "column")


def _chart(
    page: Page, sheet: Sheet, places: Mapping[str, int], count: int,
    names: tuple[str, ...], title: str, at: int, column: int, kind: str,
) -> None:  # fmt: skip
    is_stacked = kind == "column" and len(names) > 2
    chart = page.book.chart(kind, "stacked" if is_stacked else None)
    head = places[sheet.query]
    first, last = head + 1, head + count
    for name, colour in zip(names, _COLOURS, strict=False):
        place = _grid_column(sheet, name)
        look = "fill" if kind == "column" else "line"
        chart.add_series({
            "name": [page.title, head, place],
            "categories": [page.title, first, 0, last, 0],
            "values": [page.title, first, place, last, place],
            look: {"color": colour},
            "gap": 60,
        })  # fmt: skip
    font = {"name": "微软雅黑", "size": 9}
    chart.set_title(
        {"name": title, "name_font": {**font, "size": 11}, "overlay": False}
    )
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_x_axis({"num_font": font, "text_axis": True})
    grid = {"visible": True, "line": {"color": "#E4E7EB"}}
    chart.set_y_axis({"num_font": font, "major_gridlines": grid, "num_format": "#,##0"})
    width, high = _CHART_PIXELS
    chart.set_size({"width": width, "height": high})
    page.sheet.insert_chart(at, column, chart, {
        "x_offset": 4, "y_offset": 4, "description": title,
    })  # fmt: skip


def _grid_column(sheet: Sheet, name: str) -> int:
    at = 0
    for column in sheet.columns:
        if column.name == name:
            return at
        at += column.span
    raise KeyError(name)
