"""Reading from end to end: find, take, parse in processes, load, settle, account."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from threading import Thread

import duckdb

from pipelines.errors import UsageError
from pipelines.ingest import load, memory, settle
from pipelines.ingest.accepted import with_accepted
from pipelines.ingest.cache import Cache
from pipelines.ingest.find import Found, any_fresh, find, masked
from pipelines.ingest.intake import UNFINISHED, Intake, Receipt
from pipelines.ingest.job import Job
from pipelines.ingest.outcome import Outcome
from pipelines.ingest.pool import Nursery, begin, end, read_all
from pipelines.ingest.rows import people_stated
from pipelines.ingest.sniff import disagrees
from pipelines.ingest.validate import validate
from pipelines.progress import Progress
from pipelines.settings import SAMPLE_FILE, Settings
from schemas import reference

_WORD = "读取文件"
# Files of these kinds cannot be exports: they may lie anywhere.
_NO_EXPORTS = frozenset({"document", "binary", "xml", "empty", "broken_text"})


def read_all_exports(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    work: Path,
    settings: Settings,
    progress: Progress,
    day: date | None = None,
    kept: Path | None = None,
    part_of: date | None = None,
) -> None:
    """What ``pipelines.ingest.read_exports`` promises."""
    from schemas.sources import SPECS

    sources = with_accepted(SPECS, settings.headings)
    private = work / "reading"
    shutil.rmtree(private, ignore_errors=True)
    private.mkdir(mode=0o700)
    (private / "in").mkdir(mode=0o700)
    progress(_WORD)
    cache = Cache(kept)
    intake = Intake(private, settings, sources)
    files: Sequence[Found] = find(raw)
    # With nothing kept from other nights there will be something to read.
    nursery = begin(sources) if files and cache.is_empty else None
    try:
        # Needed when all is read; this process only waits meanwhile.
        ahead = Thread(target=reference.township_keys)
        ahead.start()
        with load.at_once(con):
            load.open_tables(con, SPECS)
        if not settings.is_sample and any_fresh(files, private):
            # What changes meanwhile differs from what was found, and is left.
            time.sleep(settings.reading.still_seconds)
        _read(files, intake, cache, nursery, progress)
        ahead.join()
    finally:
        end(nursery)
    receipts, answers = intake.receipts, intake.answers
    refuse_mixture(raw, list(receipts.values()))
    # In the order of files, not in that of processes: tables are the same every time.
    given = [answers[name] for name in receipts if name in answers]
    for name in load.load_answers(con, given, private, SPECS):
        receipts[name] = receipts[name].refused("ING_BROKEN", UNFINISHED)
        intake.to_keep.pop(name, None)
    with load.at_once(con):
        _note_files(con, list(receipts.values()))
        settle.settle(con, SPECS, settings, day, part_of)
        validate(con, SPECS)
        settle.account(con, SPECS, settings)
        memory.leave(con, SPECS)
        load.close_tables(con, SPECS)
    for job in intake.to_keep.values():
        cache.keep(job)
    cache.close()
    shutil.rmtree(private, ignore_errors=True)


def _read(
    files: Sequence[Found],
    intake: Intake,
    cache: Cache,
    nursery: Nursery | None,
    progress: Progress,
) -> None:
    """Every file, and round after round what lies in those that are archives."""
    done = 0
    while files:
        jobs = intake.take(files)
        for outcome in _outcomes(
            jobs, cache, intake.settings.reading.processes, nursery
        ):
            intake.receive(outcome)
            done += 1
            progress(_WORD, done, intake.jobs)
        nursery = None
        files = intake.members()


def _outcomes(
    jobs: Sequence[Job], cache: Cache, processes: int, nursery: Nursery | None
) -> Iterator[Outcome]:
    """What is known from another night first, then what has to be read."""
    unknown = []
    for job in jobs:
        known = cache.recall(job)
        if known is None:
            unknown.append(job)
        else:
            yield known
    yield from read_all(unknown, processes, nursery)


def refuse_mixture(raw: Path, receipts: Sequence[Receipt]) -> None:
    """Raises UsageError when exports lie beside the invented county; our own returned
    workbooks may."""
    invented = {
        path.parent.relative_to(raw).as_posix() for path in raw.rglob(SAMPLE_FILE)
    }
    if not invented or "." in invented:
        return
    others = [
        receipt.found.name
        for receipt in receipts
        if not _is_no_export(receipt)
        if not any(receipt.found.name.startswith(f"{folder}/") for folder in invented)
    ]
    if others:
        raise UsageError(
            f"示例县（虚构数据）旁边有别的导出文件（{masked(others[0])} 等 "
            f"{len(others)} 个），不能混在一起核对。正式使用请先删除示例文件夹"
            "（含 sample.toml 的那个）；只想看示例请把这些文件移走。"
        )


def _is_no_export(receipt: Receipt) -> bool:
    """Whether a file may lie anywhere: a returned workbook, a picture, a plain note."""
    return (
        receipt.outcome == "left"
        or receipt.code in ("ING_ARCHIVE", "ING_RETURN")
        or receipt.sniffed in _NO_EXPORTS
        or (receipt.sniffed in ("csv", "tsv") and receipt.code == "ING_NO_HEADER")
    )


def _note_files(con: duckdb.DuckDBPyConnection, receipts: Sequence[Receipt]) -> None:
    """Files and what is to be said about each as a whole."""
    rows: list[tuple[object, ...]] = []
    issues: list[tuple[str, str, str]] = []
    kinds = {r.sha256: r.sniffed for r in receipts if r.outcome != "duplicate"}
    for receipt in receipts:
        name = receipt.found.name
        code = receipt.code
        if code is not None:
            issues.append((name, code, receipt.reason))
        was_read = receipt.outcome not in ("refused", "left")
        if was_read and disagrees(name, receipt.sniffed):
            issues.append((name, "ING_TYPE_MISMATCH", f"内容是 {receipt.sniffed}"))
            code = code or "ING_TYPE_MISMATCH"
        modified_on: date = receipt.found.modified_on
        rows.append(
            (
                name,
                receipt.sha256,
                receipt.found.size,
                kinds.get(receipt.sha256, receipt.sniffed),
                modified_on,
                # What an archive is called says nothing of one file in it.
                people_stated(Path(name.rpartition("!")[2]).stem),
                receipt.outcome,
                code,
            )
        )
    if rows:
        con.executemany("insert into tmp_file values (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    if issues:
        con.executemany(
            "insert into tmp_issue (file, issue_code, detail) values (?, ?, ?)", issues
        )
