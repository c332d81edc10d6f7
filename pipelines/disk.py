"""Steps on disk that hold after a power cut: sync, seal, exchange, point."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE
_UNABLE = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
_IS_POSIX = os.name == "posix"


def sync(path: Path) -> None:
    """The file, or the names in the folder, are on the disk; a failure is final."""
    if path.is_dir() and not _IS_POSIX:
        return
    handle = os.open(path, os.O_RDONLY if _IS_POSIX else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def seal(folder: Path) -> None:
    """Everything below is private (0600, folders 0700) and on the disk."""
    for name, _, files in os.walk(folder, topdown=False):
        inside = Path(name)
        for file in sorted(files):
            (inside / file).chmod(0o600)
            sync(inside / file)
        inside.chmod(0o700)
        sync(inside)


def exchange(one: Path, other: Path) -> bool:
    """Two names change places in one step; false where the system cannot do that."""
    if sys.platform != "linux":
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    if not hasattr(libc, "renameat2"):
        return False
    done = libc.renameat2(
        _HERE, os.fsencode(one), _HERE, os.fsencode(other), ctypes.c_uint(_EXCHANGE)
    )
    if done == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code))


def point(link: Path, name: str) -> None:
    """``link`` leads to its neighbour ``name``, by one replacement.

    Where links cannot be made (Windows, some network disks) ``link.txt`` names it.
    """
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    if _link_to(fresh, name):
        fresh.replace(link)
    else:
        fresh.write_text(name + "\n", encoding="utf-8")
        sync(fresh)
        fresh.replace(link.with_name(f"{link.name}.txt"))
    sync(link.parent)


def _link_to(link: Path, name: str) -> bool:
    if not _IS_POSIX:
        return False
    try:
        link.symlink_to(name, target_is_directory=True)
    except OSError as error:
        if error.errno not in _UNABLE:
            raise
        return False
    return True


def pointed(link: Path) -> str | None:
    """The name that ``point`` wrote; null when there is none."""
    try:
        if link.is_symlink():
            return str(link.readlink())
        return link.with_name(f"{link.name}.txt").read_text(encoding="utf-8").strip()
    except OSError:
        return None


def twin(folder: Path, copy: Path) -> None:
    """``copy`` holds what ``folder`` holds, by hard links if possible; or is absent."""
    part = copy.with_name(f"{copy.name}.part")
    remove(part)
    shutil.copytree(folder, part, symlinks=True, copy_function=_link)
    seal(part)
    part.rename(copy)
    sync(copy.parent)


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)


def remove(path: Path) -> None:
    """The path is gone, with all below it; a link goes, what it leads to stays."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)
