"""Everything of one night, written into a folder that nobody reads yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from pipelines.progress import Progress
from pipelines.report import county, decide, field, sheets
from pipelines.report.copies import Copy, copies
from pipelines.report.facts import Facts, facts
from pipelines.report.manifest import write_manifest
from pipelines.report.names import safe_names
from pipelines.report.page import overview_page
from pipelines.report.prepare import fill, prepare, rows_of
from pipelines.report.query import Row
from pipelines.report.tables import file_hashes, write_tables
from pipelines.settings import Settings

MAIN, LISTS, KEYS, PAGE = "对账总表.xlsx", "三个清单.xlsx", "录入清单.xlsx", "总览.html"
NOTICE, DECIDE = "公示名单.xlsx", "疑似同一人.xlsx"
RETURNS = decide.FOLDER
TOWNSHIPS, VILLAGES, TABLES = "乡镇", "村", "tables"
_SUFFIX = ".xlsx"


def write(
    con: duckdb.DuckDBPyConnection, folder: Path, settings: Settings, progress: Progress
) -> None:
    """Write the night's outputs below ``folder`` (created if missing, 0700).

    Reads ``run``, ``ref_*``, ``ing_*``, ``raw_*``, ``stg_*``, ``lnk_*``, ``fnd_*``;
    leaves ``out_*`` behind for the audit. Names and bytes depend on nothing else.
    """
    progress("汇总")
    prepare(con)
    night = facts(con, settings)
    rows = {sheet.query: rows_of(con, sheet) for sheet in sheets.SHEETS}
    books = name_books(rows)
    receipts = decide.receipt_names([str(row[0]) for row in rows[_RETURNED]])
    kept: list[Row] = [
        ("village" if village else "township", township, village, book)
        for (township, village), book in books.items()
    ]
    kept += [("return", file, None, book) for file, book in receipts.items()]
    fill(
        con,
        "out_book",
        "audience varchar, township varchar, village varchar, book varchar",
        kept,
    )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    progress("写县级工作簿")
    county.main_book(folder / MAIN, rows, night)
    county.list_book(folder / LISTS, rows, night)
    county.key_book(folder / KEYS, rows, night)
    county.public_book(folder / NOTICE, rows, night)
    decide.decide_book(folder / DECIDE, rows, night)
    for file, book in receipts.items():
        own = [row for row in rows[_RETURNED] if row[0] == file]
        decide.receipt_book(folder / book, own, night)
    overview_page(folder / PAGE, rows, night)
    _field_books(folder, books, rows, night, progress)
    progress("写数据表")
    written = write_tables(con, folder / TABLES)
    write_manifest(con, folder, file_hashes(folder), written)


Books = Mapping[tuple[str, str | None], str]


def name_books(rows: Mapping[str, Sequence[Row]]) -> Books:
    """(township, village or None) → path of its book, safe on every system.

    Routing goes by the pair of names that linking settled on; the file name follows
    from it, never the other way round.
    """
    teams = copies(rows)
    pairs = sorted((t, v) for t, v in teams if v is not None and teams[t, v].is_there)
    named = {str(row[0]) for row in rows[sheets.TOWNSHIP_NEXT.query]}
    townships = sorted({township for township, _ in teams} | named)
    folders = safe_names(townships)
    files = safe_names(townships, _SUFFIX)
    found: dict[tuple[str, str | None], str] = {
        (township, None): f"{TOWNSHIPS}/{files[township]}" for township in townships
    }
    for township, group in groupby(pairs, key=lambda pair: pair[0]):
        villages = safe_names([village for _, village in group], _SUFFIX)
        for village, name in villages.items():
            found[township, village] = f"{VILLAGES}/{folders[township]}/{name}"
    return found


def _pair(row: Row) -> tuple[str, str]:
    return str(row[0]), str(row[1])


def _field_books(
    folder: Path, books: Books, rows: Mapping[str, Sequence[Row]], night: Facts,
    progress: Progress,
) -> None:  # fmt: skip
    teams = copies(rows)
    by_village: dict[tuple[str, str], list[Row]] = {}
    for row in rows[sheets.ITEM.query]:
        by_village.setdefault(_pair(row), []).append(row)
    for done, ((township, village), book) in enumerate(books.items()):
        progress("写乡镇和村的核查表", done, len(books))
        held = teams.get((township, village), Copy())
        if village is None:
            own = {
                sheet.query: [row for row in rows[sheet.query] if row[0] == township]
                for sheet in _TOWNSHIP_SHEETS
            }
            field.township_book(folder / book, township, own, night, held)
        else:
            mine = by_village.get((township, village), [])
            field.village_book(folder / book, township, village, mine, night, held)


_TOWNSHIP_SHEETS = (sheets.TOWNSHIP_ITEM, *sheets.TOWNSHIP_TABLES)
_RETURNED = sheets.RETURNED.query
