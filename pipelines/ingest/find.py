"""Which files lie below the raw folder, taken as they are at one moment.

A file is copied into the run's private folder while it is hashed, and only the copy
is read: what was hashed is what was read, and the export is never opened twice.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from fnmatch import fnmatchcase
from pathlib import Path

_SKIPPED = (
    "~$*", ".*", "thumbs.db", "desktop.ini", "*.tmp", "*.part", "*.crdownload",
    "readme*", "*.toml", "*.md", "__macosx",
)  # fmt: skip
_CHUNK = 1 << 20
_MOMENTS_NS = 60 * 10**9
CHINA = timezone(timedelta(hours=8))


@dataclass(frozen=True)
class Found:
    """One file below raw: ``name`` is its path relative to raw, with ``/``."""

    path: Path
    name: str
    size: int
    mtime_ns: int
    is_regular: bool

    @property
    def modified_on(self) -> date:
        """The day of its modification time, where the county lives."""
        return datetime.fromtimestamp(self.mtime_ns / 1e9, CHINA).date()


@dataclass(frozen=True)
class Taken:
    """A private copy; ``is_still`` is false when the file changed under our hands."""

    copy: Path
    sha256: str
    is_still: bool


def masked(name: str) -> str:
    """The path as a message may show it: long numbers in file names can be IDs."""
    return re.sub(r"[0-9]{15,}[0-9Xx]?", lambda m: m[0][:6] + "…", name)


def is_helper(name: str) -> bool:
    """Whether a file or folder of this name is no export but some program's own."""
    return any(fnmatchcase(name.lower(), pattern) for pattern in _SKIPPED)


def find(raw: Path) -> tuple[Found, ...]:
    """Every file below ``raw`` in the order of relative paths; helpers left out."""
    looks = (_look(Path(path), raw) for path in _walk(os.fspath(raw)))
    return tuple(sorted((f for f in looks if f is not None), key=lambda f: f.name))


def any_fresh(files: Sequence[Found], made_now: Path) -> bool:
    """Whether a file was changed moments before ``made_now`` was made: it may still be
    written. The clock that counts is that of the disk."""
    now = made_now.stat().st_mtime_ns
    return any(file.mtime_ns > now - _MOMENTS_NS for file in files)


def _walk(folder: str) -> Iterator[str]:
    try:
        entries = list(os.scandir(folder))
    except OSError:
        yield folder  # a folder that may not be opened is named, not passed over
        return
    for entry in entries:
        if is_helper(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path)
        else:
            yield entry.path


def _look(path: Path, raw: Path) -> Found | None:
    try:
        state = path.lstat()
    except OSError:
        return None  # gone while we looked
    # A name that is not UTF-8 must not travel on into tables as lone surrogates.
    name = os.fsencode(path.relative_to(raw).as_posix()).decode("utf-8", "replace")
    return Found(
        path, name, state.st_size, state.st_mtime_ns, stat.S_ISREG(state.st_mode)
    )


def take(found: Found, inbox: Path) -> Taken | None:
    """Copy and hash one regular file; null when it cannot be opened or read.

    Raises OSError when the copy cannot be written: that is no fault of the file.
    """
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    flags |= getattr(os, "O_BINARY", 0)
    try:
        source = os.open(found.path, flags)
    except OSError:
        return None
    digest, size = hashlib.sha256(), 0
    partial = inbox / "partial"
    target = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(target, "wb") as out:
            before = os.fstat(source)
            while chunk := _read(source):
                digest.update(chunk)
                out.write(chunk)
                size += len(chunk)
    finally:
        os.close(source)
    after = _look(found.path, found.path.parent)
    if chunk is None or after is None or not stat.S_ISREG(before.st_mode):
        return None
    copy = inbox / digest.hexdigest()
    partial.replace(copy)
    is_still = size == before.st_size == after.size == found.size
    is_same = before.st_mtime_ns == after.mtime_ns == found.mtime_ns
    return Taken(copy, digest.hexdigest(), is_still and is_same)


def _read(source: int) -> bytes | None:
    """The next bytes, none at the end, null when the disk or share fails."""
    try:
        return os.read(source, _CHUNK)
    except OSError:
        return None
