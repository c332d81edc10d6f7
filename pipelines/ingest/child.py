"""The reading process: one file, under limits, into the private folder it was given.

Forked by the nursery, or where nothing can be forked run as ``python -m
pipelines.ingest.child`` with a pickled ``Job`` on its input. It answers with files
only; whatever happens to it is the file's verdict, never ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import json
import os
import pickle
import signal
import sys
import threading
from contextlib import ExitStack
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from pipelines.ingest.job import ANSWER, MEMBERS, OUR_DISK, Job

if TYPE_CHECKING:
    from pipelines.ingest.cells import Sheet
    from pipelines.ingest.headings import HeadingFinder
    from pipelines.ingest.helpers import Helpers
    from pipelines.ingest.reports import Lists, SheetReport

_MIB = 1 << 20
_PR_SET_PDEATHSIG = 1
_DISK_TROUBLES = {
    getattr(errno, name, None) for name in ("ENOSPC", "EDQUOT", "EIO", "EROFS")
}


def main() -> None:
    """Reads the job named on standard input and leaves its answer in the folder."""
    job: Job = pickle.load(sys.stdin.buffer)  # noqa: S301 - written by our own parent
    die_with(job.parent)
    _die_with_input()
    limit(job)
    work(job)


def work(job: Job) -> None:
    """Reads the file and leaves the answer, whole or not at all.

    Ends the process with ``OUR_DISK`` when the answer cannot be written.
    """
    partial = job.target / "answer.partial"
    try:
        text = json.dumps(answer(job), ensure_ascii=False)
        partial.write_text(text, encoding="utf-8")
        partial.replace(job.target / ANSWER)
    except OSError:
        # The file lies in our own folder too: whatever fails here is our disk.
        os._exit(OUR_DISK)


def answer(job: Job) -> dict[str, Any]:
    """What the file was taken for and its sheets or members, or the code that refuses
    it."""
    from pipelines.ingest.container import Refused
    from pipelines.ingest.sniff import sniff

    sniffed = "unknown"
    try:
        sniffed = sniff(job.copy)
        return _members(job) if sniffed == "zip" else _opened(job, sniffed)
    except Refused as refused:
        return {"sniffed": sniffed, "refused": refused.code, "reason": refused.reason}
    except OSError as error:
        if error.errno in _DISK_TROUBLES:
            raise
        # Offsets in a hostile file make libraries seek to impossible places.
        return {"sniffed": sniffed, "refused": "ING_BROKEN", "reason": "内容无法读取"}
    except MemoryError:
        return {"sniffed": sniffed, "refused": "ING_TIMEOUT", "reason": "内存超限"}
    except BaseException as error:  # noqa: BLE001 - a reader's panic is no Exception
        # The kind of the error is for whoever mends us; its words may quote a cell.
        kind = type(error).__name__
        reason = (
            f"内容无法识别（{kind}）" if isinstance(error, Exception) else "读取器崩溃"
        )
        return {"sniffed": sniffed, "refused": "ING_BROKEN", "reason": reason}


def _members(job: Job) -> dict[str, Any]:
    """The files of an archive, taken out of it and not looked at."""
    from pipelines.ingest.archive import unpack
    from pipelines.ingest.encrypted import passwords

    folder = job.target / MEMBERS
    folder.mkdir(mode=0o700)
    most = job.largest_inflated_mib * _MIB
    members, helpers = unpack(job.copy, folder, most, passwords(job.password_env))
    told = [asdict(member) for member in members]
    return {"sniffed": "zip", "members": told, "helpers": helpers}


def _opened(job: Job, sniffed: str) -> dict[str, Any]:
    """The sheets of a file, of one with a password if one of ours opens it."""
    from pipelines.ingest.container import Refused
    from pipelines.ingest.encrypted import decrypted, passwords
    from pipelines.ingest.sniff import sniff

    try:
        return _whole(job, sniffed)
    except Refused as refused:
        if refused.code != "ING_ENCRYPTED":
            raise
    _sweep(job)
    most = job.largest_inflated_mib * _MIB
    target = job.copy.with_suffix(".plain")
    plain = decrypted(job.copy, passwords(job.password_env), target, most)
    try:
        found = _whole(replace(job, copy=plain), sniff(plain))
        return found | {"is_unlocked": True}
    finally:
        plain.unlink()


def _whole(job: Job, sniffed: str) -> dict[str, Any]:
    from pipelines.ingest.container import Refused
    from pipelines.ingest.helpers import Helpers
    from pipelines.ingest.sniff import READABLE, REFUSED

    if sniffed not in READABLE:
        code, reason = REFUSED[sniffed]
        raise Refused(code, reason)
    helpers = Helpers(job.target, job.processes)
    try:
        return {"sniffed": sniffed, "sheets": _sheets(job, sniffed, helpers)}
    finally:
        helpers.stop()


def _sheets(job: Job, sniffed: str, helpers: Helpers) -> list[dict[str, Any]]:
    from pipelines.ingest.container import Refused
    from pipelines.ingest.package import Unusual

    try:
        return _read_sheets(job, sniffed, helpers)
    except Unusual:
        helpers.stop()
        _sweep(job)
    try:
        return _read_sheets(job, sniffed, helpers, quick_from=0)
    except Unusual:
        # Only a workbook that the library cannot take comes here a second time.
        raise Refused("ING_UNSAFE", "工作表重名或范围过大，又写得不寻常") from None


def _sweep(job: Job) -> None:
    """Half an answer is none."""
    for half in job.target.iterdir():
        half.unlink()


def _read_sheets(
    job: Job, sniffed: str, helpers: Helpers, quick_from: int | None = None
) -> list[dict[str, Any]]:
    from pipelines.ingest.columns import csv_line
    from pipelines.ingest.grid import sheets
    from pipelines.ingest.headings import finder_of
    from pipelines.ingest.reports import Lists

    finder = finder_of(job.sources)
    reports = []
    with ExitStack() as opened:
        outs = {
            name: opened.enter_context(
                (job.target / f"{name}.csv").open("w", encoding="utf-8", newline="")
            )
            for name in Lists().files()
        }
        most = job.largest_inflated_mib * _MIB
        for sheet in sheets(
            job.copy, sniffed, most, quick_from=quick_from, helpers=helpers
        ):
            report, lists = _read_checked(job, sheet, finder, helpers)
            for name, rows in lists.files().items():
                outs[name].writelines(csv_line((report.sheet_id, *row)) for row in rows)
            reports.append(asdict(report))
    return reports


def _read_checked(
    job: Job, sheet: Sheet, finder: HeadingFinder, helpers: Helpers
) -> tuple[SheetReport, Lists]:
    """One sheet, read; raises Refused when the second count saw other cells in it."""
    from pipelines.ingest.container import Refused
    from pipelines.ingest.counts import disagreement
    from pipelines.ingest.sheet import read_sheet

    rows = sheet.rows()
    report, lists = read_sheet(
        replace(sheet, rows=lambda: rows),
        sheet.number,
        job.name,
        finder,
        job.target,
        helpers,
    )
    if sheet.count is not None:
        reason = disagreement(sheet.count, rows.filled)
        if reason is not None:
            raise Refused("ING_MISREAD", f"第{sheet.number}张工作表{reason}")
    return report, lists


def limit(job: Job) -> None:
    """Memory, time, files and core dumps; where the system has no limits the parent's
    clock alone remains."""
    try:
        import resource
    except ImportError:  # Windows
        return
    seconds = int(job.seconds) + 1
    for what, most in (
        (resource.RLIMIT_AS, job.memory_mib * _MIB),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, job.memory_mib * _MIB),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def die_with(parent: int) -> None:
    """Asks the kernel, where it can be asked, to end this process with its parent."""
    if sys.platform == "linux":
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:
            os._exit(1)


def _die_with_input() -> None:
    """Ends this process when its input does: the parent holds the other end."""

    def watch() -> None:
        with contextlib.suppress(OSError):
            while os.read(0, 1):
                pass
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


if __name__ == "__main__":
    main()
