"""Many small exports, each muddled in a few of the field's ways, read in one night.

``python -m tests.evaluation.piles --piles 1000`` prints what was wrong, nothing when
every accepted row is true and every row is accounted for; it ends with 1 otherwise.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import duckdb

from pipelines import database, ingest
from pipelines.progress import silent
from pipelines.settings import Reading, Settings
from schemas.spec import SourceSpec
from schemas.synth import forms
from schemas.synth.files import content_of, write_book
from schemas.synth.messes import MESSES, Mess, Pile
from schemas.synth.numbers import Numbers
from schemas.synth.sheets import Book, Sheet
from schemas.synth.table import TABLES, invent, tables_of

# What is said about single cells, and so must be said of exactly the spoilt ones.
_OF_CELLS = frozenset(
    {
        "ING_NUMERIC_ID", "ING_BAD_NAME", "ING_ENCODING", "ING_BAD_DATE",
        "ING_BAD_AMOUNT", "ING_TEN_THOUSANDS", "ING_BAD_NUMBER", "ING_BAD_YES_NO",
        "ING_BAD_PERIOD", "ING_UNKNOWN_CODE", "ING_ERROR_CELL", "ING_NO_VALUE",
        "ING_BAD_VALUE",
    }
)  # fmt: skip
_MOST = 6


@dataclass(frozen=True)
class Told:
    """A pile as it was written below its folder, and what was done to it."""

    folder: str
    source: SourceSpec
    pile: Pile
    applied: tuple[str, ...]


def make(
    folder: str, source: SourceSpec, messes: Sequence[Mess], seed: int, rows: int = 14
) -> Told:
    """One export of a source with these messes, in the order of ``MESSES``."""
    rng = Random(f"{folder} {source.name} {seed}")
    numbers = Numbers(rng)
    pile = Pile([invent(source, rng, numbers, rows=rows)], rng, numbers)
    applied = [mess.name for mess in MESSES if mess in messes and mess.apply(pile)]
    return Told(folder, source, pile, tuple(applied))


def make_random(
    number: int,
    seed: int,
    *,
    messes: Sequence[Mess] = MESSES,
    sources: Sequence[SourceSpec] = TABLES,
) -> Told:
    """One export of any source with up to six messes of any kind."""
    rng = Random(f"pile {number} of {seed}")
    count = rng.randrange(1, _MOST + 1)
    return make(
        f"p{number:04d}",
        rng.choice(sources),
        rng.sample(messes, count),
        seed,
        rows=rng.choice((1, 3, 14, 14, 40)),
    )


def write(raw: Path, told: Told) -> None:
    folder = raw / told.folder
    archived = [book for books in told.pile.archives.values() for book in books]
    for book in told.pile.books:
        if not any(book is one for one in archived):
            write_book(folder, book)
    for name, books in told.pile.archives.items():
        folder.mkdir(parents=True, exist_ok=True)
        members = {book.path: content_of(book) for book in books}
        (folder / name).write_bytes(forms.zipped(members))


def read(folder: Path, piles: Sequence[Told]) -> duckdb.DuckDBPyConnection:
    """One night's reading of all piles."""
    raw, work = folder / "raw", folder / "work"
    raw.mkdir(parents=True)
    work.mkdir()
    for told in piles:
        write(raw, told)
    settings = Settings(raw=raw, reading=Reading())
    con = database.open_work(work, settings)
    ingest.read_exports(con, raw, work, settings, silent)
    return con


def complaints(con: duckdb.DuckDBPyConnection, told: Told) -> list[str]:
    """What reading made of a pile other than what is true."""
    found = [
        wrong
        for file, book in _files(told)
        for wrong in _of_book(con, told.source, file, book)
    ]
    return [
        f"{told.folder} {told.source.name} {'+'.join(told.applied)}: {wrong}"
        for wrong in found
    ]


def _files(told: Told) -> list[tuple[str, Book]]:
    within = {
        id(book): f"{name}!"
        for name, books in told.pile.archives.items()
        for book in books
    }
    return [
        (f"{told.folder}/{within.get(id(book), '')}{book.path}", book)
        for book in told.pile.books
    ]


def _of_book(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, file: str, book: Book
) -> list[str]:
    outcome = con.execute(
        "select outcome, issue_code from ing_file where file = ?", [file]
    ).fetchall()
    said = {
        code
        for (code,) in con.execute(
            "select issue_code from ing_issue where file = ?", [file]
        ).fetchall()
    }
    wrong = [f"outcome {outcome}"] if [o for o, _ in outcome] != [book.outcome] else []
    wrong += [f"not said: {code}" for code in sorted(book.said - said)]
    for copy in book.copies:
        name = f"{file.rpartition('/')[0]}/{copy}"
        told = con.execute(
            "select outcome from ing_file where file = ?", [name]
        ).fetchall()
        wrong += [] if told == [("duplicate",)] else [f"copy {told}"]
    if book.outcome != "read" or (wrong[:1] and wrong[0].startswith("outcome")):
        return wrong
    for sheet in book.sheets:
        wrong += _of_sheet(con, source, file, sheet)
    return wrong


def _of_sheet(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, file: str, sheet: Sheet
) -> list[str]:
    ledger = {
        row_no: (disposition, reason)
        for row_no, disposition, reason in con.execute(
            "select row_no, disposition, reason_code from ing_ledger "
            "where file = ? and sheet = ?", [file, sheet.name],
        ).fetchall()
    }  # fmt: skip
    wrong = []
    lines = list(sheet.lines)
    while lines and lines[-1].kind == "blank":
        lines.pop()
    for row_no, line in enumerate(lines, 1):
        fate = ledger.pop(row_no, ("lost", None))
        if line.wanted is not None:
            expected = (line.wanted.fate, line.wanted.reason)
        else:
            # above a heading, which of the two a text is has no consequence
            expected = (line.kind, None)
            if fate[0] in ("title", "note") and line.kind in ("title", "note"):
                continue
        if fate != expected:
            wrong.append(f"row {row_no}: {fate} instead of {expected}")
    wrong += [
        f"row {n}: {f} from nowhere" for n, f in ledger.items() if f[0] != "blank"
    ]
    if sheet.source and not wrong:
        wrong += _values(con, source, file, sheet) + _cells(con, file, sheet)
    return wrong


def _values(
    con: duckdb.DuckDBPyConnection, source: SourceSpec, file: str, sheet: Sheet
) -> list[str]:
    read: dict[int, dict[str, object]] = {}
    for table in tables_of(source):
        cursor = con.execute(
            f"select * from stg_{table} where file = ? and sheet = ?",
            [file, sheet.name],
        )
        names = [column[0] for column in cursor.description or ()]
        for values in cursor.fetchall():
            row = dict(zip(names, values, strict=True))
            read[row["row_no"]] = row
    wrong = []
    for row_no, line in enumerate(sheet.lines, 1):
        if line.wanted is None or line.wanted.fate != "accepted":
            continue
        if row_no not in read:
            wrong.append(f"row {row_no}: accepted, but in no typed table")
            continue
        for name, fields in line.wanted.typed.items():
            for suffix, value in fields.items():
                got = read[row_no][f"{name}{suffix}"]
                if got != value:
                    wrong.append(
                        f"row {row_no} {name}{suffix}: {got!r} instead of {value!r}"
                    )
    return wrong


def _cells(con: duckdb.DuckDBPyConnection, file: str, sheet: Sheet) -> list[str]:
    said = {
        (row_no, name, code)
        for row_no, name, code in con.execute(
            "select row_no, column_name, issue_code from ing_issue "
            "where file = ? and sheet = ? and row_no is not null", [file, sheet.name],
        ).fetchall()
        if code in _OF_CELLS
    }  # fmt: skip
    expected = {
        (row_no, name, code)
        for row_no, line in enumerate(sheet.lines, 1)
        if line.wanted is not None
        for name, code in line.wanted.problems.items()
        if code in _OF_CELLS
    }
    wrong = [f"issue not told: {one}" for one in sorted(expected - said)]
    return wrong + [f"issue from nowhere: {one}" for one in sorted(said - expected)]


def main() -> int:
    """Read as many random piles as asked for; 0 when nothing was wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--piles", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--alone", action="store_true", help="every mess × every source"
    )
    asked = parser.parse_args()
    if asked.alone:
        piles = [
            make(f"p{n:04d}", spec, [mess], asked.seed)
            for n, (mess, spec) in enumerate((m, s) for m in MESSES for s in TABLES)
        ]
    else:
        piles = [make_random(number, asked.seed) for number in range(asked.piles)]
    with TemporaryDirectory() as folder:
        con = read(Path(folder), piles)
        wrong = [line for told in piles for line in complaints(con, told)]
        (rows,) = (con.execute("select count(*) from ing_ledger").fetchall()[0],)
        con.close()
    bad = len({line.split(" ")[0] for line in wrong})
    wrong.append(f"{len(piles)} piles, {rows} rows, {bad} piles wrong")
    sys.stdout.write("\n".join(wrong) + "\n")
    return int(bool(bad))


if __name__ == "__main__":
    sys.exit(main())
