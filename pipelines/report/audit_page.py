"""The page, read back: every figure of every table as the queries say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

from pipelines.report import sheets
from pipelines.report.query import Row
from pipelines.report.sheets import Sheet

# Columns that the page leaves out: file names and rule codes are for analysts.
_ONLY_IN_THE_BOOK = ("names", "rule_code")


class Tables(HTMLParser):
    """Label of each table → its rows of texts, without the heads."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: dict[str, list[list[str]]] = {}
        self._table: list[list[str]] | None = None
        self._is_body = self._is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._table = self.found.setdefault(str(dict(attrs).get("aria-label")), [])
        elif tag == "tbody":
            self._is_body = True
        elif self._is_body and self._table is not None:
            if tag == "tr":
                self._table.append([])
            elif tag in ("td", "th"):
                self._is_cell = True
                self._table[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th"):
            self._is_cell = False
        elif tag == "tbody":
            self._is_body = False

    def handle_data(self, data: str) -> None:
        if self._is_cell and self._table:
            self._table[-1][-1] += data


def figures(path: Path, rows: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    """Tables of the page that are missing, too many, or say something else."""
    reader = Tables()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    wanted = {
        sheet.heading: [_line(sheet, row) for row in rows[sheet.query]]
        for sheet in sheets.OVERVIEW
        if rows[sheet.query]
    }
    for heading in sorted(wanted.keys() | reader.found.keys()):
        if reader.found.get(heading) != wanted.get(heading):
            yield f"{path.name}：“{heading}”与查询结果不符"


def _line(sheet: Sheet, row: Row) -> list[str]:
    return [
        _text(value)
        for column, value in zip(sheet.columns, row, strict=True)
        if column.name not in _ONLY_IN_THE_BOOK
    ]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return f"{value:,}" if isinstance(value, int | float) else str(value)
