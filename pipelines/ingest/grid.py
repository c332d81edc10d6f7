"""A file as sheets of cells, whatever its format: what the later steps read.

A sheet's rows come one after the other, from row 0 on, as lists that the caller may
change; a sheet of a text file has the empty name.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pipelines.ingest.cells import Sheet
from pipelines.ingest.container import check_directory
from pipelines.ingest.counts import count_book
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.html import html_sheets, mhtml_sheets
from pipelines.ingest.ods import fods_sheets, ods_sheets
from pipelines.ingest.oldxls import is_old, old_sheets
from pipelines.ingest.quick import quick_sheets
from pipelines.ingest.spreadsheetml import spreadsheetml_sheets
from pipelines.ingest.text import text_sheet
from pipelines.ingest.workbook import book_sheets

__all__ = ["Sheet", "sheets"]

# From this size of a sheet's XML on our own reader is the faster one, and needs no
# second count beside it: it refuses to pass over anything, and adds up what it read.
_QUICK_FROM = 128 << 10
_QUICK_TO = 512 << 20


def sheets(
    path: Path,
    sniffed: str,
    most_inflated: int,
    *,
    quick_from: int | None = None,
    helpers: Helpers | None = None,
) -> Iterator[Sheet]:
    """The sheets of a readable file in their order, no two of one name; raises Refused.

    Large ordinary workbooks are read by our own quick reader, which may raise Unusual
    at any row: then all that came of the file is void, and it is to be read again
    with ``quick_from=0``, by the library where the library can. ``helpers`` may read
    some of the rows.
    """
    names: set[str] = set()
    for sheet in _sheets(path, sniffed, most_inflated, quick_from, helpers):
        name = sheet.name
        while name in names:  # further down a sheet is known by its name
            name += f"（第{sheet.number}张）"
        names.add(name)
        yield sheet if name == sheet.name else replace(sheet, name=name)


def _sheets(
    path: Path,
    sniffed: str,
    most_inflated: int,
    quick_from: int | None,
    helpers: Helpers | None,
) -> Iterator[Sheet]:
    match sniffed:
        case "csv" | "tsv":
            yield text_sheet(path)
        case "html":
            yield from html_sheets(path)
        case "mhtml":
            yield from mhtml_sheets(path)
        case "spreadsheetml":
            yield from spreadsheetml_sheets(path)
        case "ods":
            yield from ods_sheets(path, most_inflated)
        case "fods":
            yield from fods_sheets(path)
        case "xls" if is_old(path):
            yield from old_sheets(path)
        case _:
            yield from _book_sheets(path, sniffed, most_inflated, quick_from, helpers)


def _book_sheets(
    path: Path,
    sniffed: str,
    most_inflated: int,
    quick_from: int | None,
    helpers: Helpers | None,
) -> Iterator[Sheet]:
    if sniffed == "xlsx":
        entries = check_directory(path, most_inflated)
        largest = max(
            (e.file_size for e in entries if _is_sheet(e.filename)), default=0
        )
        least = _QUICK_FROM if quick_from is None else quick_from
        if least and least <= largest <= _QUICK_TO:
            yield from quick_sheets(path, most_inflated, helpers)
            return
    elif sniffed == "xlsb":
        check_directory(path, most_inflated)
    counted = count_book(path, sniffed, most_inflated)
    is_scattered = any(one.count and one.count.is_scattered for one in counted)
    has_twins = len({one.name for one in counted}) < len(counted)
    if sniffed == "xlsx" and (is_scattered or has_twins):
        # The library fills out the range, and finds sheets by their name only.
        yield from quick_sheets(path, most_inflated, helpers)
        return
    yield from book_sheets(path, counted)


def _is_sheet(part: str) -> bool:
    return part.startswith("xl/worksheets/") and part.endswith(".xml")
