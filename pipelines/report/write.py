"""Everything of one night, written into a folder that nobody reads yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from pathlib import Path

import duckdb

from pipelines.progress import Progress
from pipelines.report import county, decide, field, sheets
from pipelines.report.copies import Copy, copies
from pipelines.report.facts import Facts, facts
from pipelines.report.manifest import write_manifest
from pipelines.report.masking import mask_text
from pipelines.report.names import safe_names, visible
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
    fill(
        con,
        "out_mark",
        "book varchar, recipient varchar, mark varchar, audience varchar, "
        "township varchar, village varchar",
        [
            (
                book, to.name, to.mark,
                "village" if village else "township" if township else "county",
                township, village,
            )
            for book, (township, village) in _all_books(books, receipts.values())
            for to in [night.sent(book, recipient_of(book, night, township, village)).to]
        ],
    )  # fmt: skip
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    progress("写县级工作簿")
    for name, make in _COUNTY_BOOKS.items():
        make(folder / name, rows, night.sent(name, recipient_of(name, night)))
    for file, book in receipts.items():
        own = [row for row in rows[_RETURNED] if row[0] == file]
        sent = night.sent(book, recipient_of(book, night))
        decide.receipt_book(folder / book, own, sent)
    _field_books(folder, books, rows, night, progress)
    progress("写数据表")
    written = write_tables(con, folder / TABLES)
    write_manifest(con, folder, file_hashes(folder), written)


_COUNTY_BOOKS = {
    MAIN: county.main_book,
    LISTS: county.list_book,
    KEYS: county.key_book,
    NOTICE: county.public_book,
    DECIDE: decide.decide_book,
    PAGE: overview_page,
}


def recipient_of(
    book: str, night: Facts, township: str | None = None, village: str | None = None
) -> str:
    """Whom a book goes to, in words that may stand on it."""
    if township is None:
        office = night.office.removeprefix("县") if night.county else night.office
        return "公示" if book == NOTICE else f"{night.county}{office}"
    return visible(mask_text(f"{township}{village or ''}"))


def _all_books(
    books: Books, receipts: Iterable[str]
) -> list[tuple[str, tuple[str | None, str | None]]]:
    """Every book and page with the township and village it goes to, in order."""
    of_county = [(book, (None, None)) for book in (*_COUNTY_BOOKS, *receipts)]
    return [*of_county, *((book, place) for place, book in books.items())]


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
        own_night = night.sent(book, recipient_of(book, night, township, village))
        if village is None:
            own = {
                sheet.query: [row for row in rows[sheet.query] if row[0] == township]
                for sheet in _TOWNSHIP_SHEETS
            }
            field.township_book(folder / book, township, own, own_night, held)
        else:
            mine = by_village.get((township, village), [])
            field.village_book(folder / book, township, village, mine, own_night, held)


_TOWNSHIP_SHEETS = (sheets.TOWNSHIP_ITEM, *sheets.TOWNSHIP_TABLES)
_RETURNED = sheets.RETURNED.query
