"""The invented county: truth first, exports derived, named errors, named messes.

``make_county`` writes what a county office would have on its disk, and beside it what
a perfect reconciliation would find. Nothing here is sampled from real data.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

from schemas.synth import layouts, messes, systems
from schemas.synth.careers import Shape
from schemas.synth.clerk import Clerk
from schemas.synth.county import build
from schemas.synth.errors import ERRORS, Expected, inject
from schemas.synth.files import write_book
from schemas.synth.people import County
from schemas.synth.sheets import Book, Line, Sheet
from schemas.synth.situations import shown, situations
from schemas.synth.trim import trim
from schemas.synth.truth import Truth, tell

MESSES = messes.ALL | systems.OPTIONS
_CUT_IN_ROSTER = ("id_as_number", "id_scientific_long")

__all__ = ["ERRORS", "MESSES", "Expected", "Shape", "Truth", "make_county"]

WUZHAI = "140928"
AS_OF = date(2023, 9, 28)
_HALF, _ALWAYS = 0.5, 1.0
_NOT_IN_CSV = frozenset({"merged_blocks", "two_row_heading"})


def make_county(
    out: Path,
    *,
    people: int,
    seed: int,
    errors: float | None = 0.1,
    mess: bool | Collection[str] = True,
    often: float | None = None,
    wide: bool = False,
    columns: int = 180,
    county_code: str = WUZHAI,
    as_of: date = AS_OF,
    shape: Shape | None = None,
    funded: tuple[int, int] | None = None,
) -> Truth:
    """Write ``out/raw/**`` and ``out/truth.json``; the truth comes back as well.

    ``errors``: share of funded students put wrong, null for none. ``mess``: all named
    messes now and then, none, or exactly the ones named, everywhere; ``often``: in
    what share of the places, when neither. ``wide``: the register has ``columns``
    columns. ``funded``: people funded in the two paid years.
    The same arguments give the same cells. Raises ValueError for an unknown mess.
    """
    county, numbers, rng = build(county_code, as_of, people, seed, shape or Shape())
    expected: tuple[Expected, ...] = ()
    used: set[int] = set()
    if errors is not None:
        expected, used = inject(county, numbers, rng, errors)
    if funded is not None:
        trim(county, funded, used)
    clerk = _clerk(mess, often, seed)
    books = _books(county, clerk, columns if wide else 0)
    raw = out / "raw"
    for book in books:
        write_book(raw, book)
    (raw / "sample.toml").write_text(_settings(county), encoding="utf-8")
    # a number that IDN_NEAR_ID explains raises no other finding of its family (ruling
    # 19); where the roster's was cut, nothing is said of the register's
    near = {
        one.subject_id
        for one in expected
        if one.rule_code == "IDN_NEAR_ID" and one.error not in _CUT_IN_ROSTER
    }
    standing = (
        one
        for one in situations(county)
        if not (one.subject_id in near and one.rule_code.startswith("IDN_"))
    )
    expected = shown(county, (*expected, *standing), books)
    truth = tell(county, expected, books, seed)
    truth.write(out / "truth.json")
    return truth


def _clerk(mess: bool | Collection[str], often: float | None, seed: int) -> Clerk:
    named = MESSES if mess is True else frozenset(mess or ())
    if unknown := named - MESSES - messes.EXTRA - systems.EXTRA:
        raise ValueError(f"unknown mess: {min(unknown)}")
    share = often or (_HALF if mess is True else _ALWAYS)
    return Clerk(Random(f"clerk {seed}"), named, share)


def _books(county: County, clerk: Clerk, width: int) -> list[Book]:
    books = [
        *layouts.register_books(county, 0, clerk, width),
        *layouts.register_books(county, 1, clerk, width),
        *(
            layouts.register_books(county, 2, clerk, 0)
            if clerk.does("monthly_list")
            else ()
        ),
        *(book for y in county.years for book in _rosters(county, y, clerk)),
        *(b for y in county.years[:2] for b in layouts.payment_books(county, y, clerk)),
        *layouts.departure_books(county, clerk),
        *systems.job_books(county, clerk),
        *systems.school_books(county, clerk),
        *systems.destination_books(county, clerk),
        *systems.module_books(county, clerk),
    ]
    for book in books:
        _untidy(book, clerk)
    others = systems.other_books(county) if clerk.does("other_tables") else []
    again = [again for book in books for again in _saved_again(book, clerk)]
    return books + again + others


def _rosters(county: County, year: int, clerk: Clerk) -> list[Book]:
    """The rosters of a school year in the county's own or in another system's form."""
    if year == county.years[0] and clerk.does("roster_from_module"):
        return systems.module_rosters(county, year)
    if year == county.years[2] and clerk.does("application_form"):
        return systems.application_books(county, clerk)
    apart, books = systems.technical_books(county, year, clerk)
    return [*layouts.roster_books(county, year, clerk, apart), *books]


def _untidy(book: Book, clerk: Clerk) -> None:
    """Apply the messes of structure to every sheet, then those of the file."""
    is_csv = book.form != "xlsx"
    for sheet in book.sheets:
        for name, mess in messes.STRUCTURE.items():
            if not (is_csv and name in _NOT_IN_CSV) and clerk.does(name):
                mess(sheet, clerk)
    folder, _, name = book.path.rpartition("/")
    stem, _, ending = name.rpartition(".")
    if is_csv:
        if clerk.does("formula_ids"):
            _as_formulas(book.sheets[0])
    else:
        if clerk.does("explanation_sheet_first"):
            lines = ["填表说明", "一、本表由县级统一导出。", "二、请勿改动表头。"]
            book.sheets.insert(0, _text_sheet("说明", lines))
        if clerk.does("hidden_sheet"):
            book.sheets.append(
                replace(_text_sheet("字典", ["是", "否"]), is_hidden=True)
            )
        book.has_wrong_dimension = clerk.does("wrong_dimension")
        if clerk.does("double_extension"):
            ending = "xlsx.xlsx"
    count = sum(len(sheet.data) for sheet in book.sheets)
    if clerk.does("head_count_in_name") and "人" not in stem:
        stem = f"{stem}-共{count}人"
    book.path = f"{folder}/{stem}.{ending}"
    if clerk.does("whole_file_copy") and clerk.rng.random() < 0.3:
        # in the folder's own name: townships of two years are called alike
        book.copies = (f"备份/{folder.rpartition('/')[2]}/{stem} - 副本.{ending}",)


def _as_formulas(sheet: Sheet) -> None:
    """``="1409…"`` in a csv, as one public checker writes it."""
    for place, column in enumerate(sheet.columns):
        if column.kind == "id_number":
            for line in sheet.data:
                cell = line.cells[place]
                if isinstance(cell, str) and cell.isalnum() and cell.isascii():
                    line.cells[place] = f'="{cell}"'


def _text_sheet(name: str, texts: list[str]) -> Sheet:
    return Sheet(name, "", [], [Line("note", [text]) for text in texts])


def _saved_again(book: Book, clerk: Clerk) -> list[Book]:
    """One list saved once more as csv: other bytes, the same rows."""
    listed = [s for s in book.sheets if s.source in ("yulu_roster", "yulu_payment")]
    if len(listed) != 1 or not clerk.does("saved_again") or clerk.rng.random() < 0.5:
        return []
    if listed[0].merges or book.form != "xlsx":
        return []
    folder, _, name = book.path.rpartition("/")
    stem = f"{folder.rpartition('/')[2]}/{name.split('.')[0]}"
    sheet = replace(listed[0], name="", merges=[])
    return [Book(f"备份/{stem}_另存.csv", [sheet], "utf-8-sig")]


def _settings(county: County) -> str:
    return (
        "# An invented county: every person, number and amount is made up.\n"
        f'county_code = "{county.code}"\n'
        f'as_of = "{county.as_of.isoformat()}"\n'
        'known_areas = ["142230", "142299"]\n'
    )
