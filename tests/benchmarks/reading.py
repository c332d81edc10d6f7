"""Times reading a wide register, whole and by townships, against the bare readers.

Usage: python tests/benchmarks/reading.py [PEOPLE] [COLUMNS] (default 30000 180)

Ours is everything from files to staged tables, ledger and issues; a bare reader turns
cells into values and does nothing else. They take turns in one run, so that a busy
machine slows all of them; what counts is the ratio. Readers that are not installed are
left out with a word.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from schemas.synth import make_county
from schemas.synth.files import write_book
from schemas.synth.sheets import Book, Line, Sheet
from tests.benchmarks.measured import READERS, bare, has, own, say

ROUNDS = 3
TOWNSHIPS = 13
_ABOVE = 3  # title, note and heading of the invented register


def main(people: int, columns: int) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for raw in _registers(folder, people, columns):
            files = sorted(raw.rglob("*.xlsx"))
            size = sum(file.stat().st_size for file in files) / (1 << 20)
            say(
                f"{people} people, {columns} columns, {len(files)} file(s), {size:.1f} MiB"
            )
            _compare(raw, files)


def _registers(folder: Path, people: int, columns: int) -> Iterator[Path]:
    """A folder with the register in one file, and one with a file a township."""
    import python_calamine

    make_county(folder, people=people, seed=1, mess=False, wide=True, columns=columns)
    register = max(
        (folder / "raw").rglob("*.xlsx"),
        key=lambda path: (path.parent.name == "2023年06月", path.stat().st_size),
    )
    one = folder / "one"
    one.mkdir()
    register.rename(one / register.name)
    book = python_calamine.load_workbook(one / register.name)
    rows = book.get_sheet_by_index(0).to_python()
    del book
    head, body = rows[:_ABOVE], rows[_ABOVE:]
    for number in range(TOWNSHIPS):
        part = body[number::TOWNSHIPS]
        lines = [Line("data", list(row)) for row in (*head, *part)]
        sheet = Sheet("Sheet1", "monitored_person", [], lines)
        write_book(folder / "many", Book(f"{number + 1:02d}_20230610.xlsx", [sheet]))
    del rows, body
    yield one
    yield folder / "many"


def _compare(raw: Path, files: list[Path]) -> None:
    by_clock, by_processor = [], []
    for _ in range(ROUNDS):
        before, ours, after = bare(files), own(__file__, "--ours", raw), bare(files)
        mean = (before.seconds + after.seconds) / 2
        by_clock.append(ours.seconds / mean)
        by_processor.append(ours.processor / ((before.processor + after.processor) / 2))
        say(
            f"  bare {before.seconds:.2f} s, ours {ours.seconds:.2f} s"
            f" ({ours.processor:.2f} s of both cores), bare {after.seconds:.2f} s"
        )
    say(
        f"  ratio {statistics.median(by_clock):.2f} by the clock,"
        f" {statistics.median(by_processor):.2f} of processor time (median of {ROUNDS})"
    )
    peak = own(__file__, "--ours", raw, with_memory=True).mib
    say(f"  largest memory of all our processes {peak:.0f} MiB")
    calamine = bare(files).seconds
    for reader in list(READERS)[1:]:
        if has(reader):
            seconds = bare(files, reader).seconds
            say(f"  {reader} {seconds:.2f} s, {seconds / calamine:.2f} of calamine")
        else:
            say(f"  {reader} is not installed: left out")


def ours(raw: Path) -> None:
    """Reads as a night does and writes what it took."""
    import pandera.pandas  # noqa: F401 - imports are not what is timed

    from pipelines import database, ingest
    from pipelines.progress import silent
    from pipelines.settings import Settings

    with tempfile.TemporaryDirectory() as work:
        settings = Settings(raw=raw, out=Path(work) / "out")
        con = database.open_work(Path(work), settings)
        begin, used = time.perf_counter(), sum(os.times()[:4])
        ingest.read_exports(con, raw, Path(work), settings, silent)
        took = time.perf_counter() - begin, sum(os.times()[:4]) - used
        read = con.execute("select count(*) from stg_monitored_person").fetchall()
        con.close()
    if read == [(0,)]:
        raise SystemExit("nothing was read")
    say(json.dumps(took))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ours"]:
        ours(Path(sys.argv[2]))
    else:
        main(*(int(word) for word in sys.argv[1:] or ("30000", "180")))
