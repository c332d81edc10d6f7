"""A zip archive taken apart into files of their own, inside a limited process.

Nothing is written under a name of the archive's: a member's name is only told. What
comes out is counted over all members, those of archives inside included.
"""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from pipelines.ingest import aeszip
from pipelines.ingest.container import (
    ENCRYPTED_FLAG,
    METHODS,
    Refused,
    read_directory,
)
from pipelines.ingest.find import is_helper
from pipelines.ingest.membername import member_name
from pipelines.ingest.sniff import sniff

_CHUNK = 1 << 20
_DEEPEST = 1  # an archive inside an archive is opened, one inside that is not
_FILE_TYPE = 16  # where an entry keeps the mode that the file had


@dataclass(frozen=True)
class Member:
    """A file of an archive: ``file`` is where its content lies, null if refused.

    ``name`` is its path inside, with ``!`` after an archive around it; an archive's
    own ``inside`` is how many members it had and how many of them were helpers.
    ``was_locked``: a password opened it, or an archive around it.
    """

    name: str
    file: str | None
    modified: tuple[int, ...]
    inside: tuple[int, int] | None = None
    code: str | None = None
    reason: str = ""
    was_locked: bool = False


def unpack(
    path: Path, folder: Path, most: int, passwords: Sequence[str] = ()
) -> tuple[list[Member], int]:
    """Members in the order of their names, put into ``folder``, and how many helper
    files were left out; raises Refused when the archive is unsafe or broken."""
    unpacking = _Unpacking(folder, most, passwords)
    return unpacking.members, unpacking.open(path, "", 0)


class _Unpacking:
    def __init__(self, folder: Path, most: int, passwords: Sequence[str]) -> None:
        self.members: list[Member] = []
        self._folder, self._left = folder, most
        # Chinese passwords are written in one or the other, depending on the packer.
        self._passwords = [
            password.encode(encoding)
            for password in passwords
            for encoding in ("utf-8", "gb18030")
        ]

    def open(
        self, path: Path, before: str, depth: int, *, was_locked: bool = False
    ) -> int:
        files = [e for e in read_directory(path, self._left) if not e.is_dir()]
        entries = {member_name(entry): entry for entry in files}
        if len(entries) < len(files):
            raise Refused("ING_UNSAFE", "压缩包里有重名文件")
        helpers = 0
        with zipfile.ZipFile(path) as archive:
            for name, entry in sorted(entries.items()):
                if any(map(is_helper, PurePosixPath(name).parts)):
                    helpers += 1
                else:
                    one = Member(before + name, None, entry.date_time)
                    is_locked = bool(entry.flag_bits & ENCRYPTED_FLAG)
                    one = replace(one, was_locked=was_locked or is_locked)
                    self._add(archive, entry, one, depth)
        return helpers

    def _add(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, one: Member, depth: int
    ) -> None:
        place = len(self.members)
        file = f"{place + 1:05d}"
        # Kept free: an archive stands before its own members.
        self.members.append(one)
        inside = None
        try:
            self._write(archive, entry, self._folder / file)
            if _is_zip(self._folder / file):
                inside = self._open_inside(self._folder / file, one, depth)
        except Refused as refused:
            (self._folder / file).unlink(missing_ok=True)
            one = replace(one, code=refused.code, reason=refused.reason)
        else:
            one = replace(one, file=file, inside=inside)
        self.members[place] = one

    def _open_inside(self, path: Path, one: Member, depth: int) -> tuple[int, int]:
        if depth >= _DEEPEST:
            raise Refused("ING_PACKED", "压缩包里套了多层")
        before = len(self.members)
        helpers = self.open(path, f"{one.name}!", depth + 1, was_locked=one.was_locked)
        return len(self.members) - before + helpers, helpers

    def _write(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path
    ) -> None:
        """The content of one entry; raises Refused when it cannot be had whole."""
        if stat.S_ISLNK(entry.external_attr >> _FILE_TYPE):
            raise Refused("ING_UNSAFE", "是链接，不是普通文件")
        is_locked = bool(entry.flag_bits & ENCRYPTED_FLAG)
        is_known = entry.compress_type in METHODS
        if not is_known and not (is_locked and entry.compress_type == aeszip.METHOD):
            raise Refused("ING_PACKED", "压缩方法不常见")
        for password in self._passwords if is_locked else (None,):
            try:
                self._copy(archive, entry, password, target)
            except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
                continue  # a wrong password may show only in what comes out
            except NotImplementedError:
                raise Refused("ING_PACKED", "压缩方法不常见") from None
            return
        if is_locked:
            reason = "设置里的密码打不开它" if self._passwords else "压缩包设了密码"
            raise Refused("ING_ENCRYPTED", reason)
        raise Refused("ING_BROKEN", "压缩内容不完整")

    def _copy(
        self,
        archive: zipfile.ZipFile,
        entry: zipfile.ZipInfo,
        password: bytes | None,
        target: Path,
    ) -> None:
        left = self._left
        with target.open("wb") as out:
            for chunk in self._chunks(archive, entry, password):
                left -= len(chunk)
                if left < 0:
                    raise Refused("ING_TOO_LARGE", "解压后过大")
                out.write(chunk)
        self._left = left

    def _chunks(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, password: bytes | None
    ) -> Iterator[bytes]:
        if entry.compress_type == aeszip.METHOD and password is not None:
            yield from aeszip.unlocked(Path(str(archive.filename)), entry, password)
            return
        with archive.open(entry, pwd=password) as source:
            while chunk := source.read(_CHUNK):
                yield chunk


def _is_zip(path: Path) -> bool:
    with path.open("rb") as file:
        head = file.read(4)
    return head.startswith(b"PK") and sniff(path) == "zip"
