"""What a reading process is told; its answer lies beside the data it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.spec import SourceSpec

ANSWER = "answer.json"


@dataclass(frozen=True)
class Job:
    """What to read, what it is called, where the answer goes, and the limits."""

    copy: Path
    name: str
    target: Path
    sources: tuple[SourceSpec, ...]
    memory_mib: int
    seconds: float
    largest_inflated_mib: int
    parent: int
