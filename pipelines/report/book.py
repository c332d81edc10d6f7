"""A workbook under way: text is always text, and a refused cell is an error.

XlsxWriter answers a negative number and goes on when it refuses a cell; it takes text
for formulas and links unless told otherwise. Nothing outside this file calls it.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipelines.errors import YuluError
from pipelines.report import styles
from pipelines.report.facts import Facts
from pipelines.report.names import sheet_name, visible

Value = str | int | float | bool | date | None

CLASSIFICATION = "内部资料 注意保密"
PUBLIC = "公示"
MOST_CHARACTERS = 4_000
MOST_LIST_CHARACTERS = 255
_CUT = "……（过长，已截短，全文见原文件）"
_CHOOSE = "请从下拉列表中选择；其他情况请写在“情况说明”栏。"
_A4, _A3 = 9, 8
# Wider than this, and A4 landscape would print too small to read.
_MOST_UNITS_A4 = 230.0


class WriteRefusedError(YuluError):
    """The writer refused a cell; says where, never what."""


def shown(text: str) -> str:
    """The text as a cell may hold it: no unseen marks, not longer than a page."""
    text = visible(text)
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + _CUT


@dataclass(frozen=True)
class Margins:
    """Page margins in inches."""

    left: float = 0.4
    right: float = 0.4
    top: float = 0.5
    bottom: float = 0.6


class Page:
    """One sheet: every write goes through ``put``."""

    def __init__(self, book: Book, sheet: Worksheet, title: str) -> None:
        self.book, self.sheet, self.title = book, sheet, title
        self.cells = 0
        self._units = 0.0

    def put(self, row: int, column: int, value: Value, style: Format | None) -> None:
        """Write one cell (0-based); raises WriteRefusedError where it did not go in."""
        if value is None or value == "":
            answer = self.sheet.write_blank(row, column, None, style)
        elif isinstance(value, str):
            answer = self.sheet.write_string(row, column, shown(value), style)
        elif isinstance(value, bool):
            answer = self.sheet.write_string(
                row, column, "是" if value else "否", style
            )
        elif isinstance(value, date):
            answer = self.sheet.write_datetime(row, column, value, style)
        else:
            answer = self.sheet.write_number(row, column, value, style)
        self._check(answer, row, column)
        self.cells += 1

    def across(self, row: int, first: int, last: int, text: str, style: Format) -> None:
        """Text over several columns; merged only when there are several."""
        if first == last:
            self.put(row, first, text, style)
            return
        self._check(
            self.sheet.merge_range(row, first, row, last, "", style), row, first
        )
        self.put(row, first, text, style)

    def choices(
        self, cells: Sequence[tuple[int, int]], options: Sequence[str], title: str,
        *, strict: bool,
    ) -> None:  # fmt: skip
        """A drop-down on each (row, column); a strict one refuses other answers."""
        if not cells:
            return
        if sum(len(option) for option in options) + len(options) > MOST_LIST_CHARACTERS:
            raise WriteRefusedError(f"{self.title}: 下拉选项超过 255 个字符")
        row, column = cells[0]
        answer = self.sheet.data_validation(row, column, row, column, {
            "validate": "list",
            "source": list(options),
            "error_type": "stop" if strict else "information",
            "error_title": title[:32],
            "error_message": _CHOOSE,
            "show_error": strict,
            "other_cells": _ranges(cells[1:]),
        })  # fmt: skip
        self._check(int(answer or 0), row, column)

    def widths(self, units: Iterable[float]) -> None:
        for column, width in enumerate(units):
            self._units += width
            self._check(self.sheet.set_column(column, column, width), 0, column)

    def height(self, row: int, points: float) -> None:
        self._check(self.sheet.set_row(row, points), row, 0)

    def print_set_up(
        self,
        *,
        repeat: tuple[int, int] | None,
        footer: str,
        margins: Margins | None = None,
        is_upright: bool = False,
    ) -> None:
        """One page wide, landscape if not upright, headings repeated, 第 x 页 共 y 页."""
        page, m = self.sheet, margins or Margins()
        (page.set_portrait if is_upright else page.set_landscape)()
        page.set_paper(_A4 if self._units <= _MOST_UNITS_A4 else _A3)
        page.set_margins(m.left, m.right, m.top, m.bottom)
        page.fit_to_pages(1, 0)
        if repeat:
            page.repeat_rows(*repeat)
        # & starts a code in a footer; a village may be called anything.
        name = shown(footer).replace("&", "&&")[:80]
        left = f"{self.book.classification}　{self.book.mark}"
        self._check(
            page.set_footer(f"&L{left}&C第 &P 页 共 &N 页&R{name}"),
            0,
            0,
        )

    def protect(self) -> None:
        """Only unlocked cells can be edited; widths, heights and filters stay free."""
        self.sheet.protect("", {
            "format_columns": True, "format_rows": True, "autofilter": True,
            "select_locked_cells": True, "select_unlocked_cells": True,
        })  # fmt: skip

    def _check(self, answer: object, row: int, column: int) -> None:
        if isinstance(answer, int) and answer < 0:
            raise WriteRefusedError(
                f"{self.title}: 第 {row + 1} 行第 {column + 1} 列写入被拒绝"
            )


def _ranges(cells: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Cells of one column as ranges of neighbouring rows."""
    found: list[list[int]] = []
    for row, column in cells:
        if found and found[-1][2] == row - 1 and found[-1][3] == column:
            found[-1][2] = row
        else:
            found.append([row, column, row, column])
    return found


class Book:
    """One workbook in memory, the same bytes for the same calls."""

    def __init__(
        self, title: str, facts: Facts, classification: str = CLASSIFICATION
    ) -> None:
        as_of = facts.as_of
        self.mark = facts.to.mark
        self._bytes = io.BytesIO()
        self.title = title
        self.classification = classification
        self._book: Any = xlsxwriter.Workbook(self._bytes, {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        self._book.set_properties({
            "title": shown(title),
            "subject": as_of.isoformat(),
            "category": classification,
            "author": "雨露对账",
            "keywords": f"编号 {self.mark}",
            "created": datetime(as_of.year, as_of.month, as_of.day),  # noqa: DTZ001
        })  # fmt: skip
        self._book.set_size(2400, 1400)
        self._formats: dict[tuple[str, bool, bool], Format] = {}
        self._names: set[str] = set()

    def page(self, title: str) -> Page:
        """A new sheet; raises WriteRefusedError when its name is taken."""
        name = sheet_name(title)
        if name.casefold() in self._names:
            raise WriteRefusedError(f"工作表名重复：第 {len(self._names) + 1} 张")
        self._names.add(name.casefold())
        sheet = self._book.add_worksheet(name)
        # Identity numbers are text on purpose: no green corner in every cell.
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        return Page(self, sheet, name)

    def style(self, role: str, *, band: bool = False, first: bool = False) -> Format:
        key = (role, band, first)
        if key not in self._formats:
            found = styles.properties(role, band=band, first=first)
            self._formats[key] = self._book.add_format(found)
        return self._formats[key]

    def chart(self, kind: str, subtype: str | None = None) -> Chart:
        options = {"type": kind} | ({"subtype": subtype} if subtype else {})
        return self._book.add_chart(options)

    def save(self, path: Path) -> str:
        """Write the file, readable by its owner only; its SHA-256."""
        self._book.close()
        return write_private(path, self._bytes.getvalue())


def write_private(path: Path, content: bytes) -> str:
    """Write bytes as a new 0600 file (folders 0700); their SHA-256."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        file.write(content)
    return hashlib.sha256(content).hexdigest()
