"""What a reading process is told; its answer lies beside the data it leaves."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from schemas.spec import SourceSpec

ANSWER = "answer.json"
MEMBERS = "members"  # the folder in which an archive's files lie
OUR_DISK = 74  # exit status of a process that could not write its answer
_MOST_SHEETS = 1_000_000


@dataclass(frozen=True)
class Job:
    """What to read, what it is called, where the answer goes, and the limits.

    ``number`` is the file's place in the order of paths; those of an archive come
    after all that lie beside it. ``password_env``: environment variables to ask.
    ``processes``: how many may work on this file at a time.
    """

    number: int
    copy: Path
    name: str
    target: Path
    sources: tuple[SourceSpec, ...]
    memory_mib: int
    seconds: float
    largest_inflated_mib: int
    parent: int
    password_env: tuple[str, ...] = ()
    processes: int = 1

    @property
    def base(self) -> int:
        """What makes the numbers of this file's sheets those of no other file's; the
        answer itself does not know of it and serves again where the file lies now."""
        return self.number * _MOST_SHEETS
