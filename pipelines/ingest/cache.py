"""Answers of reading processes, kept for the nights to come.

What a process found in a file depends on the file, its name, the declarations, the code
and the limits, and on nothing else: where all of these are the same, the answer of an
earlier night is taken and no process is started. It only ever saves time: the tables
are the same without it, and whatever looks damaged in it is thrown away.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path

from pipelines.ingest.job import ANSWER, Job
from pipelines.ingest.outcome import Outcome, verdict
from pipelines.settings import ROOT

_TURNS = "turns.json"
_MANIFEST = "manifest.json"
_KEPT_TURNS = 14  # nights in which nobody asked for an answer
_MOST_BYTES = 512 << 20
_LEAST_FREE = 1 << 30
_CODE = (
    ("pipelines", "*.py"),
    ("pipelines/ingest", "**/*.py"),
    ("schemas", "**/*.py"),
    ("schemas", "**/*.csv"),
    ("schemas", "**/*.toml"),
    (".", "requirements.lock"),
)
_LIBRARIES = ("python-calamine", "opencc", "xlrd", "openpyxl")


@dataclass
class Cache:
    """The answers below ``folder``; without a folder there are none."""

    folder: Path | None
    turn: int = 0
    _used: dict[str, int] = field(default_factory=dict)
    _turns: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is None:
            return
        with suppress(OSError, ValueError, TypeError, KeyError, AttributeError):
            told = json.loads((self.folder / _TURNS).read_text(encoding="utf-8"))
            turns = {str(key): int(turn) for key, turn in told["used"].items()}
            self.turn, self._turns = int(told["turn"]), turns
        self.turn += 1

    @property
    def is_empty(self) -> bool:
        """Whether no answer can have been kept."""
        return not self._turns

    def recall(self, job: Job) -> Outcome | None:
        """The answer for a job, if it was kept and is as it was."""
        if self.folder is None:
            return None
        key = _key(job)
        entry = self.folder / key
        if not entry.is_dir():
            return None
        if not _is_whole(entry):
            shutil.rmtree(entry, ignore_errors=True)
            return None
        self._used[key] = self.turn
        return verdict(replace(job, target=entry), "0")

    def keep(self, job: Job) -> None:
        """Keeps what a process left, which is moved away; no disk trouble matters."""
        if self.folder is None or job.target.parent == self.folder:
            return
        key = _key(job)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, exist_ok=True)
            if shutil.disk_usage(self.folder).free < _LEAST_FREE:
                return
            _seal(job.target)
            shutil.rmtree(self.folder / key, ignore_errors=True)
            job.target.rename(self.folder / key)
            self._used[key] = self.turn

    def close(self) -> None:
        """Drops what nobody asked for in many nights and what is too much, the longest
        unused first, and notes this night."""
        if self.folder is None or not self.folder.is_dir():
            return
        turns = self._turns | self._used
        kept: dict[str, int] = {}
        room = _MOST_BYTES
        for key in sorted(turns, key=lambda key: (-turns[key], key)):
            entry = self.folder / key
            size = sum(size for _, size in _files(entry)) if entry.is_dir() else -1
            if 0 <= size <= room and turns[key] > self.turn - _KEPT_TURNS:
                kept[key] = turns[key]
                room -= size
        with suppress(OSError):
            for entry in self.folder.iterdir():
                if entry.is_dir() and entry.name not in kept:
                    shutil.rmtree(entry, ignore_errors=True)
            told = json.dumps({"turn": self.turn, "used": kept}, indent=0)
            partial = self.folder / f"{_TURNS}.partial"
            partial.write_text(told, encoding="utf-8")
            partial.chmod(0o600)
            partial.replace(self.folder / _TURNS)


def _key(job: Job) -> str:
    """Everything that the answer depends on, as one number."""
    given = (
        job.copy.name,  # the hash of its content
        job.name,
        repr(job.sources),
        job.memory_mib,
        job.seconds,
        job.largest_inflated_mib,
        _version(),
    )
    return hashlib.sha256(repr(given).encode("utf-8", "replace")).hexdigest()


@cache
def _version() -> str:
    """The code, code lists and libraries that read."""
    digest = hashlib.sha256(sys.version.encode())
    files = {path for folder, kind in _CODE for path in (ROOT / folder).glob(kind)}
    for path in sorted(files):
        digest.update(path.relative_to(ROOT).as_posix().encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    for name in _LIBRARIES:
        with suppress(metadata.PackageNotFoundError):
            digest.update(f"{name} {metadata.version(name)}".encode())
    return digest.hexdigest()


def _files(entry: Path) -> Iterator[tuple[Path, int]]:
    for item in sorted(os.scandir(entry), key=lambda item: item.name):
        yield Path(item.path), item.stat(follow_symlinks=False).st_size


def _hashes(entry: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path, _ in _files(entry)
        if path.name != _MANIFEST
    }


def _seal(entry: Path) -> None:
    manifest = entry / _MANIFEST
    manifest.write_text(json.dumps(_hashes(entry)), encoding="utf-8")
    for path, _ in _files(entry):
        path.chmod(0o600)


def _is_whole(entry: Path) -> bool:
    """Whether every file of an entry is there and as it was sealed, and no other."""
    try:
        told = json.loads((entry / _MANIFEST).read_text(encoding="utf-8"))
        return ANSWER in told and bool(told == _hashes(entry))
    except (OSError, ValueError, TypeError):
        return False
