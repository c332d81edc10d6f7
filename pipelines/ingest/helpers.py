"""Forked copies of a reading process that do part of its work on other cores.

A copy has all that was read so far without anything being sent; what it finds comes
back as a file in the private folder. It dies with the process that started it.
"""

from __future__ import annotations

import errno
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipelines.ingest.job import OUR_DISK

_FAULTS = {getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EIO", "EROFS")}
_FAILED = 75


@dataclass
class Helpers:
    """``count``: processes that may work on one file at a time, this one included."""

    folder: Path
    count: int = 1
    _running: dict[int, Path] = field(default_factory=dict)
    _begun: int = 0

    def start(self, work: Callable[[], Iterable[object]]) -> int:
        """A copy that does the work; its number is what ``results`` wants."""
        self._begun += 1
        path = self.folder / f"helper{self._begun}.part"
        parent = os.getpid()
        pid = os.fork()
        if not pid:
            _help(work, path, parent)
        self._running[pid] = path
        return pid

    def results(self, helper: int) -> Iterator[Any]:
        """What the work gave, one after the other, once all of it is done; raises
        what the work raised. A copy that was killed takes this process with it."""
        path = self._running.pop(helper)
        _, status = os.waitpid(helper, 0)
        code = os.waitstatus_to_exitcode(status)
        if code < 0:
            os.kill(os.getpid(), -code)
        if code == OUR_DISK:
            raise OSError(errno.ENOSPC, "")
        with path.open("rb") as file:
            path.unlink()
            while True:
                try:
                    found = pickle.load(file)  # noqa: S301 - written by our own copy
                except EOFError:
                    break
                if isinstance(found, BaseException):
                    raise found
                yield found
        if code:
            raise ChildProcessError

    def stop(self) -> None:
        """Ends the copies that nobody waits for any more."""
        for pid, path in self._running.items():
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            path.unlink(missing_ok=True)
        self._running.clear()


def _help(work: Callable[[], Iterable[object]], path: Path, parent: int) -> None:
    """In the copy: works, writes, and never comes back."""
    status = _FAILED
    try:
        from pipelines.ingest.child import die_with

        die_with(parent)
        with path.open("wb") as file:
            try:
                for found in work():
                    pickle.dump(found, file, pickle.HIGHEST_PROTOCOL)
            except BaseException as error:
                if isinstance(error, OSError) and error.errno in _FAULTS:
                    raise
                pickle.dump(_plain(error), file)
        status = 0
    except OSError:
        status = OUR_DISK
    finally:
        os._exit(status)


def _plain(error: BaseException) -> BaseException:
    """The error itself where it can be sent, else one of the same weight."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 - our own error
    except Exception:  # noqa: BLE001 - whatever a library put into it
        return RuntimeError(type(error).__name__)
    return error
