"""Files that came out of an archive, as the process that opened it tells of them.

It may lie: only what lies in its own folder under a number is taken.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.ingest.find import CHINA, Found
from pipelines.ingest.job import MEMBERS
from pipelines.ingest.outcome import Outcome
from pipelines.issues import ISSUES

_FILE = re.compile("[0-9]{5}")


class BadMembers(Exception):  # noqa: N818 - a verdict about one file's answer
    """What is told of an archive cannot be: the archive is refused."""


@dataclass(frozen=True)
class Told:
    """A member: a file to be read, an archive with what it had, or a refusal."""

    found: Found
    inside: str | None
    code: str | None
    reason: str
    was_locked: bool = False


def said_of(members: int, helpers: int) -> str:
    """What is said about an archive that was opened."""
    left_out = f"，跳过 {helpers} 个系统或临时文件" if helpers else ""
    return f"包内 {members} 个文件{left_out}"


def members(outcome: Outcome, around: Found) -> tuple[list[Told], str]:
    """The members in the order of their names, and what is said about the archive;
    raises BadMembers."""
    try:
        told = [_told(outcome, around, member) for member in outcome.answer["members"]]
        said = said_of(len(told), int(outcome.answer["helpers"]))
    except (KeyError, TypeError, ValueError, OSError, AttributeError):
        raise BadMembers from None
    if len({one.found.name for one in told}) < len(told):
        raise BadMembers
    return sorted(told, key=lambda one: one.found.name), said


def _told(outcome: Outcome, around: Found, member: dict[str, Any]) -> Told:
    name = f"{around.name}!{member['name'].encode('utf-8', 'replace').decode()}"
    code, inside = member["code"], member["inside"]
    if code is not None and code not in ISSUES:
        raise ValueError
    if code is not None:
        found = Found(around.path, name, 0, around.mtime_ns, is_regular=True)
        return Told(found, None, code, str(member["reason"]))
    if not _FILE.fullmatch(member["file"]):
        raise ValueError
    path = outcome.job.target / MEMBERS / member["file"]
    mtime_ns = _moment(member["modified"]) or around.mtime_ns
    os.utime(path, ns=(mtime_ns, mtime_ns))
    size = path.lstat().st_size
    found = Found(path, name, size, path.lstat().st_mtime_ns, is_regular=True)
    said = None if inside is None else said_of(inside[0] - inside[1], inside[1])
    return Told(found, said, None, "", bool(member["was_locked"]))


def _moment(parts: list[int]) -> int | None:
    """An archive's local time in nanoseconds; null when it is no time."""
    try:
        year, month, day, hour, minute, second = parts
        moment = datetime(year, month, day, hour, minute, min(second, 59), tzinfo=CHINA)
    except ValueError:
        return None
    return int(moment.timestamp()) * 1_000_000_000
