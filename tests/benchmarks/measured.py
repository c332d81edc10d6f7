"""What the benchmarks share: processes with their seconds and memory, bare reads."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_TIMED = """
import json, resource, sys, time
begin, paths = time.perf_counter(), sys.argv[1:]
{work}
whole = time.perf_counter() - begin
use = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([whole, use.ru_utime + use.ru_stime]))
"""
# Each gives Python or column values for every cell, and does nothing with them.
READERS = {
    "python-calamine": """
import python_calamine
begin = time.perf_counter()
for path in paths:
    book = python_calamine.load_workbook(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()
""",
    "fastexcel": """
import fastexcel
begin = time.perf_counter()
for path in paths:
    book = fastexcel.read_excel(path)
    for name in book.sheet_names:
        book.load_sheet(name, header_row=None, dtypes="string")
""",
    "pandas": """
import pandas
begin = time.perf_counter()
for path in paths:
    pandas.read_excel(path, sheet_name=None, header=None, dtype=str, engine="calamine")
""",
    "openpyxl": """
import openpyxl
begin = time.perf_counter()
for path in paths:
    book = openpyxl.load_workbook(path, read_only=True)
    for sheet in book.worksheets:
        for row in sheet.iter_rows(values_only=True):
            pass
""",
}


@dataclass(frozen=True)
class Cost:
    """Seconds by the clock, seconds of all processors, and the largest memory in MiB
    of the process and all below it (0 where it was not looked at)."""

    seconds: float
    processor: float
    mib: float = 0


def has(reader: str) -> bool:
    return importlib.util.find_spec(reader.replace("-", "_")) is not None


def bare(files: Sequence[Path], reader: str = "python-calamine") -> Cost:
    """What a reader needs for the workbooks among the files, its import left out."""
    books = [str(file) for file in files if file.suffix == ".xlsx"]
    told = subprocess.run(
        [sys.executable, "-c", _TIMED.format(work=READERS[reader]), *books],
        capture_output=True,
        text=True,
        check=True,
    )
    return Cost(*json.loads(told.stdout))


def own(script: str, *words: object, with_memory: bool = False) -> Cost:
    """A script of ours that writes its seconds of clock and processors as JSON."""
    process = subprocess.Popen(
        [sys.executable, script, *map(str, words)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    peaks = [0.0]
    ended = threading.Event()
    watch = threading.Thread(target=_watch, args=(process.pid, peaks, ended))
    if with_memory:
        watch.start()
    said, _ = process.communicate()
    ended.set()
    if process.returncode:
        raise SystemExit(process.returncode)
    return Cost(*json.loads(said.splitlines()[-1]), peaks[0])


def _watch(pid: int, peaks: list[float], ended: threading.Event) -> None:
    while not ended.wait(0.1):
        peaks[0] = max(peaks[0], sum(_share(one) for one in _tree(pid)) / 1024)


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            below = task.read_text().split()
        except OSError:
            continue
        for child in below:
            yield from _tree(int(child))


def _share(pid: int) -> int:
    """KiB of a process, pages that several have counted by their part."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(x.split()[1]) for x in lines if x.startswith("Pss:")), 0)


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
