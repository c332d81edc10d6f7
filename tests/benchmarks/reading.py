"""Times reading an invented county against python-calamine's bare read of its files.

Usage: python tests/benchmarks/reading.py [PEOPLE] [COLUMNS] (default 30000 180)

Both are timed in turns in one run, so that a busy machine slows both; what counts is
the ratio. The bare read turns every workbook into Python lists and does nothing else.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

import pandera.pandas  # noqa: E402, F401 - imports are not what is timed

from pipelines import database, ingest  # noqa: E402
from pipelines.progress import silent  # noqa: E402
from pipelines.settings import Settings  # noqa: E402
from schemas.synth import make_county  # noqa: E402

ROUNDS = 3
BARE = """
import sys, time, python_calamine
start = time.perf_counter()
for path in sys.argv[1:]:
    book = python_calamine.load_workbook(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
print(time.perf_counter() - start)
"""


def bare(files: list[Path]) -> float:
    """Seconds python-calamine needs for the workbooks among the files."""
    books = [str(file) for file in files if file.suffix == ".xlsx"]
    told = subprocess.run(
        [sys.executable, "-c", BARE, *books], capture_output=True, text=True, check=True
    )
    return float(told.stdout)


def ours(raw: Path) -> float:
    """Seconds from files to staged tables and the whole account."""
    with tempfile.TemporaryDirectory() as folder:
        con = database.open_work(Path(folder), Settings(raw=raw))
        start = time.perf_counter()
        ingest.read_exports(con, raw, Path(folder), Settings(raw=raw), silent)
        seconds = time.perf_counter() - start
        con.close()
    return seconds


def main(people: int, columns: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        make_county(
            Path(folder), people=people, seed=1, mess=False, wide=True, columns=columns
        )
        raw = Path(folder, "raw")
        files = sorted(path for path in raw.rglob("*") if path.is_file())
        size = sum(file.stat().st_size for file in files) >> 20
        sys.stdout.write(
            f"{people} people, {columns} columns, {len(files)} files, {size} MiB" + "\n"
        )
        ratios = []
        for _ in range(ROUNDS):
            before, own, after = bare(files), ours(raw), bare(files)
            ratios.append(own / ((before + after) / 2))
            sys.stdout.write(
                f"bare {before:.2f} s  ours {own:.2f} s  bare {after:.2f} s" + "\n"
            )
        sys.stdout.write(
            f"ratio {statistics.median(ratios):.2f} (median of {ROUNDS})" + "\n"
        )


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:] or ("30000", "180")))
