"""Runs reading processes, a few at a time, and tells what became of each file."""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from typing import Any

from pipelines.ingest.job import ANSWER, Job
from pipelines.issues import ISSUES
from pipelines.settings import ROOT

# What a reading process runs; tests put a misbehaving one in its place.
COMMAND = ("-m", "pipelines.ingest.child")
_LARGEST_ANSWER = 256 << 20
_TIMED_OUT = {signal.SIGKILL, getattr(signal, "SIGXCPU", signal.SIGTERM)}


@dataclass(frozen=True)
class Outcome:
    """What a reading process left: an answer, or the code and reason of a refusal."""

    job: Job
    answer: dict[str, Any]

    @property
    def refused(self) -> str | None:
        return self.answer.get("refused")


def read_all(jobs: Sequence[Job], processes: int) -> Iterator[Outcome]:
    """Outcomes as they come in, the largest files begun first."""
    order = sorted(jobs, key=lambda job: (-job.copy.stat().st_size, job.name))
    running: set[subprocess.Popen[bytes]] = set()
    with ThreadPoolExecutor(max_workers=max(1, min(processes, len(jobs)))) as pool:
        futures: list[Future[Outcome]] = [
            pool.submit(_read_one, job, running) for job in order
        ]
        try:
            for future in as_completed(futures):
                yield future.result()
        finally:
            # Reached early when the run is stopped: nobody may go on reading.
            for future in futures:
                future.cancel()
            for process in tuple(running):
                _kill(process)


def _read_one(job: Job, running: set[subprocess.Popen[bytes]]) -> Outcome:
    process = subprocess.Popen(
        [sys.executable, *COMMAND],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,  # a traceback there would quote the file
        cwd=ROOT,
        env=_environment(),
        start_new_session=True,
    )
    running.add(process)
    try:
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError):
                process.stdin.write(pickle.dumps(job))
                process.stdin.flush()
        # The pipe stays open: its end tells the child that we are gone.
        process.wait(timeout=job.seconds)
    except subprocess.TimeoutExpired:
        _kill(process)
        return _refusal(job, "ING_TIMEOUT", "超过时限")
    finally:
        running.discard(process)
        _kill(process)
        if process.stdin is not None:
            with contextlib.suppress(OSError):
                process.stdin.close()
    return _verdict(job, process.returncode)


def _environment() -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        # Without compiled modules a small file would wait longer for imports.
        if name not in ("PYTHONDONTWRITEBYTECODE", "PYTHONSAFEPATH")
    }
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        with contextlib.suppress(OSError):
            process.kill()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)


def _verdict(job: Job, status: int) -> Outcome:
    if status == 0:
        answer = _answer(job)
        return (
            Outcome(job, answer)
            if answer is not None
            else _refusal(job, "ING_BROKEN", "读取结果不完整")
        )
    if -status in _TIMED_OUT:
        return _refusal(job, "ING_TIMEOUT", "超过时限或内存上限")
    if -status == signal.SIGABRT:
        return _refusal(job, "ING_TIMEOUT", "内存超限")
    return _refusal(job, "ING_BROKEN", "读取中断")


def _answer(job: Job) -> dict[str, Any] | None:
    """The answer file, or null when it is missing, too long or no JSON object."""
    path = job.target / ANSWER
    try:
        if path.stat().st_size > _LARGEST_ANSWER:
            return None
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(answer, dict) or not isinstance(answer.get("sniffed"), str):
        return None
    has_verdict = (
        answer["refused"] in ISSUES
        if "refused" in answer
        else isinstance(answer.get("sheets"), list)
    )
    return answer if has_verdict else None


def _refusal(job: Job, code: str, reason: str) -> Outcome:
    return Outcome(job, {"sniffed": "unknown", "refused": code, "reason": reason})
