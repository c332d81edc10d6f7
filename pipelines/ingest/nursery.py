"""One process that has everything loaded and forks a reading process for each file.

Starting Python anew for a small file would take longer than reading it. Run as
``python -m pipelines.ingest.nursery`` with two pickles on its input: (sources, parent),
with which it makes itself ready, then (jobs, processes) when there are some. It answers
one line a finished job: its place in the list and how the process ended. It touches no
file itself, has no threads, and ends when its input does.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import select
import signal
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field, replace

from pipelines.ingest import child, rowpattern
from pipelines.ingest.cells import Row
from pipelines.ingest.job import Job
from pipelines.ingest.outcome import TIMED_OUT
from schemas.kinds import Cell
from schemas.spec import SourceSpec

_LEARNED = "learned.json"
_MOST_LEARNED = 1 << 16
# One cell of each sort that reading tells apart.
_CELLS: tuple[Cell, ...] = ("張三", "3", "2020-01-01", "无", "五年", 1.0, None)


def main() -> None:
    """Works through the jobs it is given."""
    sources, parent = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent's
    child.die_with(parent)
    _make_ready(sources)
    try:
        jobs, processes = pickle.load(sys.stdin.buffer)  # noqa: S301 - our parent's
    except EOFError:  # nothing to read tonight
        return
    gc.freeze()
    _Nursery(jobs, processes).run()


def _make_ready(sources: tuple[SourceSpec, ...]) -> None:
    """What every reading process needs: modules, code lists, patterns, tables of
    characters, each of which is made when it is first asked for."""
    from pipelines.ingest import encrypted, grid, odslock, sheet, sniff  # noqa: F401
    from pipelines.ingest.columns import Encoder
    from pipelines.ingest.headings import finder_of
    from pipelines.ingest.shapes import contradicts, fits, shape_of

    titles: Row = [column.title for source in sources[:1] for column in source.columns]
    finder_of(sources).find([titles, titles], ())
    for source in sources:
        for column in source.columns:
            Encoder(column, in_ten_thousands=False).encode(_CELLS)
            contradicts(column)
            fits(column)
    for cell in _CELLS:
        shape_of(cell)


@dataclass
class _Nursery:
    jobs: list[Job]
    processes: int
    running: dict[int, tuple[int, float]] = field(default_factory=dict)

    def run(self) -> None:
        ended, wake = os.pipe()
        os.set_blocking(wake, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)
        waiting = list(enumerate(self.jobs))[::-1]
        try:
            while waiting or self.running:
                while waiting and len(self.running) < self.processes:
                    index, job = waiting.pop()
                    # The last large file has the other processes' time as well.
                    rest = sum(other.copy.stat().st_size for _, other in waiting)
                    if job.copy.stat().st_size > rest:
                        job = replace(job, processes=self.processes)
                    pid = self._fork(job, (ended, wake))
                    self.running[pid] = (index, time.perf_counter() + job.seconds)
                if not self._wait(ended):
                    return
                self._reap()
        finally:
            for pid in self.running:
                _kill(pid)

    def _fork(self, job: Job, pipes: tuple[int, int]) -> int:
        parent = os.getpid()
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            nothing = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(nothing, stream)
            for pipe in pipes:
                os.close(pipe)
            child.die_with(parent)
            child.limit(job)
            gc.disable()  # there is hardly a cycle, and the process ends soon
            known = rowpattern.made()
            child.work(job)
            if (learned := rowpattern.made()) != known:
                (job.target / _LEARNED).write_text(json.dumps(learned))
            status = 0
        finally:
            # Whatever happened, this copy must not go on as the nursery.
            os._exit(status)

    def _wait(self, ended: int) -> bool:
        """Until a process ends or its time is over; false when the parent is gone."""
        now = time.perf_counter()
        nearest = min(deadline for _, deadline in self.running.values())
        ready, _, _ = select.select([0, ended], [], [], max(0.0, nearest - now))
        if 0 in ready and not os.read(0, 1):
            return False
        if ended in ready:
            os.read(ended, 4096)
        return True

    def _reap(self) -> None:
        for pid, (index, deadline) in list(self.running.items()):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                _learn(self.jobs[index])
                self._tell(pid, index, str(os.waitstatus_to_exitcode(status)))
            elif time.perf_counter() >= deadline:
                _kill(pid)
                os.waitpid(pid, 0)
                self._tell(pid, index, TIMED_OUT)

    def _tell(self, pid: int, index: int, how: str) -> None:
        del self.running[pid]
        os.write(1, f"{index} {how}\n".encode())


def _learn(job: Job) -> None:
    """What a reading process found out that spares the next ones some time."""
    told = job.target / _LEARNED
    with suppress(OSError, ValueError):
        if told.stat().st_size <= _MOST_LEARNED:
            rowpattern.make(json.loads(told.read_bytes()))
    with suppress(OSError):
        told.unlink()


def _kill(pid: int) -> None:
    """Ends a reading process and the helpers it may have."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
