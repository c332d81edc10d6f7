"""What a reading process left behind, judged by how it ended and what it wrote."""

from __future__ import annotations

import json
import signal
from dataclasses import dataclass
from typing import Any

from pipelines.faults import DiskError
from pipelines.ingest.job import ANSWER, OUR_DISK, Job
from pipelines.issues import ISSUES

TIMED_OUT = "timeout"
_LARGEST_ANSWER = 256 << 20
_TIMEOUTS = {signal.SIGKILL, getattr(signal, "SIGXCPU", signal.SIGTERM)}


@dataclass(frozen=True)
class Outcome:
    """An answer, or the code and reason of a refusal."""

    job: Job
    answer: dict[str, Any]

    @property
    def refused(self) -> str | None:
        return self.answer.get("refused")


def verdict(job: Job, how: str) -> Outcome:
    """``how``: exit status as a number, negative for a signal, or ``TIMED_OUT``.

    Raises DiskError when the process could not write: no file is to blame for that.
    """
    if how == TIMED_OUT:
        return _refusal(job, "ING_TIMEOUT", "超过时限")
    status = int(how)
    if status == 0:
        answer = _answer(job)
        if answer is not None:
            return Outcome(job, answer)
        return _refusal(job, "ING_BROKEN", "读取结果不完整")
    if status == OUR_DISK:
        raise DiskError(
            "读取文件时临时文件夹写不下或磁盘出错，没有发布任何内容。请检查磁盘空间后重新运行。"
        )
    if -status in _TIMEOUTS:
        return _refusal(job, "ING_TIMEOUT", "超过时限或内存上限")
    if -status == signal.SIGABRT:  # how the reader says that memory ran out
        return _refusal(job, "ING_TIMEOUT", "内存超限")
    return _refusal(job, "ING_BROKEN", "读取中断")


def _answer(job: Job) -> dict[str, Any] | None:
    """The answer file, or null when it is missing, too long or no verdict."""
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
        else isinstance(answer.get("sheets", answer.get("members")), list)
    )
    return answer if has_verdict else None


def _refusal(job: Job, code: str, reason: str) -> Outcome:
    return Outcome(job, {"sniffed": "unknown", "refused": code, "reason": reason})
