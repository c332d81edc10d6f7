"""Every source in every layout is read back as what was true when it was written."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random

import duckdb
import pytest

from pipelines import database, ingest
from pipelines.progress import silent
from pipelines.settings import Settings
from schemas.kinds import Value, kind_named
from schemas.sources import SPECS
from schemas.spec import heading_map
from schemas.synth import Shape, cells, layouts, systems
from schemas.synth.clerk import Clerk
from schemas.synth.county import build
from schemas.synth.files import write_book
from schemas.synth.names import words
from schemas.synth.people import County, Raw
from schemas.synth.sheets import Book, Column, Line
from schemas.text import fold

COUNTY: County = build("140928", date(2023, 9, 28), 160, 3, Shape(0.8, 0.9))[0]
# What is taken from the whole sheet where the cell is silent.
_FROM_SHEET = {"period_no", "school_level", "amount_fen", "enjoyed"}
# Facts of a household hold for all of it, and which system's list a row ends in varies.
_MADE_WHOLE = {"household_type", "monitored_category", "is_risk_done"}
# layout → who writes it, in which habits; more than one file where systems do so
LAYOUTS = {
    "custom": lambda c: layouts.register_books(COUNTY, 1, c, 180),
    "47 columns": lambda c: layouts.register_books(COUNTY, 0, c, 0),
    "whole county": lambda c: layouts.register_books(COUNTY, 0, c, 0),
    "monthly": lambda c: layouts.register_books(COUNTY, 2, c, 0),
    "basic": lambda c: layouts.register_books(COUNTY, 1, c, 0),
    "by category": lambda c: layouts.register_books(COUNTY, 1, c, 0),
    "township files": lambda c: layouts.register_books(COUNTY, 1, c, 0),
    "roster": lambda c: layouts.roster_books(COUNTY, 2021, c),
    "module": lambda c: systems.module_books(COUNTY, c),
    "module as roster": lambda _: systems.module_rosters(COUNTY, 2020),
    "technical school": lambda c: systems.technical_books(COUNTY, 2021, c)[1],
    "application": lambda c: systems.application_books(COUNTY, c),
    "payments": lambda c: layouts.payment_books(COUNTY, 2021, c),
    "departures": lambda c: layouts.departure_books(COUNTY, c),
    "jobs": lambda c: systems.job_books(COUNTY, c),
    "school register": lambda c: systems.school_books(COUNTY, c),
    "graduates": lambda c: systems.destination_books(COUNTY, c),
}
HABITS = {
    "47 columns": {"full_field_layout"},
    "whole county": {"whole_county_layout"},
    "basic": {"basic_layout"},
    "by category": {"files_by_type"},
    "township files": {"township_files"},
    "technical school": {"technical_school_list"},
    "school register": {"school_terms"},
    "graduates": {"graduates_by_year"},
}
TYPED = {
    "heading_aliases", "heading_decorations", "shuffled_columns", "code_aliases", "yes_ticks",
    "date_chinese", "month_chinese", "money_unit", "years_chinese", "phone_float",
}  # fmt: skip


@pytest.mark.parametrize(
    ("layout", "typed"),
    [(layout, TYPED) for layout in LAYOUTS] + [("custom", set()), ("jobs", set())],
)
def test_a_layout_reads_back(tmp_path: Path, layout: str, typed: set[str]):
    habits = HABITS.get(layout, set()) | typed
    books = LAYOUTS[layout](Clerk(Random(5), frozenset(habits), 1.0))
    assert books
    con = read(tmp_path, books)
    for source in {sheet.source for book in books for sheet in book.sheets}:
        staged = rows_of(con, source)
        for book in books:
            for sheet in book.sheets:
                for number, line in enumerate(sheet.lines, 1):
                    if line.kind == "data":
                        row = staged[book.path, sheet.name, number]
                        assert told(sheet.columns, line, row) == []
    assert con.execute(
        "select issue_code from ing_issue where issue_code not in "
        "('ING_DUP_ROWS', 'ING_UNDATED', 'ING_STALE')"
    ).fetchall() == []  # fmt: skip


def read(folder: Path, books: list[Book]) -> duckdb.DuckDBPyConnection:
    raw, work = folder / "raw", folder / "work"
    work.mkdir()
    for book in books:
        write_book(raw, book)
    settings = Settings(raw=raw, out=folder / "out", headings=folder / "none.toml")
    con = database.open_work(work, settings)
    ingest.read_exports(con, raw, work, settings, silent)
    return con


def rows_of(
    con: duckdb.DuckDBPyConnection, source: str
) -> dict[tuple[str, str, int], dict[str, Value]]:
    """Typed rows by address; a register's held twice count by their content."""
    found: dict[tuple[str, str, int], dict[str, Value]] = {}
    tables = ["yulu_roster", "yulu_module"] if source == "yulu_roster" else [source]
    for table in tables:
        result = con.execute(f"select * from stg_{table}")
        names = [column[0] for column in result.description]
        for values in result.fetchall():
            row = dict(zip(names, values, strict=True))
            found[row["file"], row["sheet"], row["row_no"]] = row
    # a row that stands word for word in another file of the same day is read once
    twice = con.execute(
        "select file, sheet, row_no from ing_ledger where disposition = 'duplicate'"
    ).fetchall()
    return found | {address: {} for address in twice}


def told(columns: list[Column], line: Line, row: dict[str, Value]) -> list[str]:
    """What a row says otherwise than the truth did, in words."""
    wrong = []
    for column in columns if row else ():
        if column.name is None:
            continue
        value = line.values.get(column.name)
        meant = kind_named(column.kind).parse(
            value.cell if isinstance(value, Raw) else cells.plain(column.kind, value)
        ).values[0]  # fmt: skip
        found = row[column.name]
        silent_cell = meant is None and column.name in _FROM_SHEET | _MADE_WHOLE
        if column.name == "entry_on" and found and meant:
            found, meant = found.year, meant.year  # type: ignore[union-attr]
        if found != meant and not silent_cell:
            wrong.append(f"{column.name}: {found} instead of {meant}")
    return wrong


def test_every_source_has_a_layout_here():
    clerk = Clerk.tidy()
    written = {
        sheet.source
        for layout, write in LAYOUTS.items()
        if layout != "technical school"
        for book in write(clerk)
        for sheet in book.sheets
    }
    assert written == {source.name for source in SPECS if source.marks}


@pytest.mark.parametrize(
    ("layout", "source"),
    [
        ("full_field", "monitored_person"), ("whole_county", "monitored_person"),
        ("basic", "monitored_person"), ("monthly", "monitored_person"),
        ("jobs", "monitored_job"), ("module", "yulu_roster"),
        ("technical", "yulu_roster"), ("application", "yulu_roster"),
    ],
)  # fmt: skip
def test_every_heading_of_a_layout_is_used_or_known_to_carry_nothing(layout, source):
    spec = next(spec for spec in SPECS if spec.name == source)
    known = set(heading_map(spec)) | {fold(heading) for heading in spec.ignored}
    assert [h for h in words()[layout] if fold(h) not in known] == []
