"""Runs reading processes, a few at a time, and tells what became of each file."""

from __future__ import annotations

import contextlib
import os
import pickle
import select
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from pipelines.ingest.job import Job
from pipelines.ingest.outcome import TIMED_OUT, Outcome, verdict
from pipelines.settings import ROOT
from schemas.spec import SourceSpec

# What the two kinds of process run; tests put misbehaving ones in their place.
NURSERY = ("-m", "pipelines.ingest.nursery")
CHILD = ("-m", "pipelines.ingest.child")
_PATIENCE = 60.0  # seconds beyond a job's own time in which the nursery must speak


Nursery = subprocess.Popen[bytes]


def begin(sources: Sequence[SourceSpec]) -> Nursery | None:
    """A nursery that makes itself ready while files are still looked for and copied;
    null where nothing can be forked. Ends with ``end`` or with ``read_all``."""
    if not hasattr(os, "fork"):
        return None
    nursery = _start(NURSERY, stdout=subprocess.PIPE)
    _send(nursery, (sources, os.getpid()))
    return nursery


def read_all(
    jobs: Sequence[Job], processes: int, nursery: Nursery | None = None
) -> Iterator[Outcome]:
    """Outcomes as they come in, the largest files begun first; ``nursery``: one that
    was begun for them."""
    order = sorted(jobs, key=lambda job: (-job.copy.stat().st_size, job.name))
    if not order:
        end(nursery)
        return
    yield from (
        _by_nursery(order, processes, nursery)
        if hasattr(os, "fork")
        else _one_by_one(order, processes)
    )


def _by_nursery(
    jobs: list[Job], processes: int, nursery: Nursery | None
) -> Iterator[Outcome]:
    """A nursery that dies is started again without the file it died at."""
    left = jobs
    while left:
        told: set[int] = set()
        for index, how in _answers(left, processes, nursery or begin(left[0].sources)):
            told.add(index)
            yield verdict(left[index], how)
        if not told:
            yield verdict(left[0], "1")
            told = {0}
        nursery = None
        left = [job for index, job in enumerate(left) if index not in told]
        for job in left:  # half an answer may lie there
            shutil.rmtree(job.target)
            job.target.mkdir(mode=0o700)


def _answers(
    jobs: list[Job], processes: int, nursery: Nursery | None
) -> Iterator[tuple[int, str]]:
    """(place in the list, how it ended), until all are told or the nursery is gone."""
    if nursery is None:
        return
    try:
        _send(nursery, (jobs, max(1, processes)))
        patience = max(job.seconds for job in jobs) + _PATIENCE
        told, rest = 0, b""
        while told < len(jobs):
            chunk = _heard(nursery, patience)
            if not chunk:
                return
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                index, how = line.decode().split()
                told += 1
                yield int(index), how
    finally:
        # Its input ends with this, and its children with it.
        end(nursery)


def _heard(nursery: Nursery, patience: float) -> bytes:
    if nursery.stdout is None:
        return b""
    ready, _, _ = select.select([nursery.stdout], [], [], patience)
    return os.read(nursery.stdout.fileno(), 65536) if ready else b""


def _one_by_one(jobs: list[Job], processes: int) -> Iterator[Outcome]:
    """A fresh process for each file, where processes cannot be forked."""
    running: set[subprocess.Popen[bytes]] = set()
    with ThreadPoolExecutor(max_workers=max(1, processes)) as pool:
        futures = [pool.submit(_read_one, job, running) for job in jobs]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            # Reached early when the run is stopped: nobody may go on reading.
            for future in futures:
                future.cancel()
            for process in tuple(running):
                end(process)


def _read_one(job: Job, running: set[subprocess.Popen[bytes]]) -> Outcome:
    process = _start(CHILD)
    running.add(process)
    try:
        _send(process, job)
        # Its input stays open: the end of it would tell the child that we are gone.
        return verdict(job, str(process.wait(timeout=job.seconds)))
    except subprocess.TimeoutExpired:
        return verdict(job, TIMED_OUT)
    finally:
        running.discard(process)
        end(process)


def _start(
    command: Sequence[str], stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[bytes]:
    kept = {
        name: value
        for name, value in os.environ.items()
        # Without compiled modules imports would take longer than small files.
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH")
    }
    return subprocess.Popen(
        [sys.executable, *command],
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.DEVNULL,  # a traceback there would quote the file
        cwd=ROOT,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        start_new_session=True,
    )


def _send(process: subprocess.Popen[bytes], message: object) -> None:
    if process.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            process.stdin.write(pickle.dumps(message))
            process.stdin.flush()


def end(process: Nursery | None) -> None:
    """Ends a process that reads, or could have."""
    if process is None:
        return
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=2 if process.stdout else 0)
    if process.poll() is None:
        process.kill()
        process.wait()
