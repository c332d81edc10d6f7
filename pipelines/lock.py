"""One run at a time: a kernel lock in the output folder.

The lock belongs to the process, not to the file: when the process dies, however it
dies, the kernel gives it back. The file itself says nothing and may lie there for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from pipelines.errors import AlreadyRunningError, UsageError

NAME = ".lock"


@contextmanager
def hold(out: Path) -> Iterator[None]:
    """Holds the lock of ``out``, which must exist; never waits.

    Raises AlreadyRunningError when another run holds it, UsageError when the folder
    cannot be locked (read only, a planted link, a disk without locks).
    """
    # a lock that only looks whether a file is there would outlive a killed run
    lock = FileLock(out / NAME, mode=0o600, thread_local=False, fallback_to_soft=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise AlreadyRunningError(
            "另一次运行正在进行，本次没有开始。请等它结束后再运行。"
        ) from None
    except (OSError, NotImplementedError):
        raise UsageError(
            "输出文件夹无法加锁：请检查它是否可写、是否在本机磁盘上，"
            "或用 --out 另行指定。"
        ) from None
    try:
        yield
    finally:
        lock.release()
