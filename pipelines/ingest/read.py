"""Reading from end to end: find, take, parse in processes, load, settle, account."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from pipelines.errors import UsageError
from pipelines.ingest import load, memory, settle
from pipelines.ingest.accepted import with_accepted
from pipelines.ingest.find import Found, find, masked, take
from pipelines.ingest.job import Job
from pipelines.ingest.outcome import Outcome
from pipelines.ingest.pool import read_all
from pipelines.ingest.reports import SheetReport
from pipelines.ingest.rows import people_stated
from pipelines.ingest.sniff import disagrees
from pipelines.ingest.validate import validate
from pipelines.progress import Progress
from pipelines.settings import SAMPLE_FILE, Settings
from schemas.spec import SourceSpec

_MIB = 1 << 20
_WORD = "读取文件"
_UNFINISHED = "读取结果不完整"
# Files of these kinds cannot be exports: they may lie anywhere.
_NO_EXPORTS = frozenset({"document", "binary", "xml", "empty", "broken_text"})


@dataclass(frozen=True)
class _Receipt:
    """What became of one file; ``code`` is the one issue that explains it."""

    found: Found
    sha256: str | None
    sniffed: str
    outcome: str
    code: str | None = None
    reason: str = ""


def read_all_exports(
    con: duckdb.DuckDBPyConnection,
    raw: Path,
    work: Path,
    settings: Settings,
    progress: Progress,
    day: date | None = None,
) -> None:
    """What ``pipelines.ingest.read_exports`` promises."""
    from schemas.sources import SPECS

    sources = with_accepted(SPECS, settings.headings)
    private = work / "reading"
    shutil.rmtree(private, ignore_errors=True)
    private.mkdir(mode=0o700)
    (private / "in").mkdir(mode=0o700)
    progress(_WORD)
    receipts, jobs = _take_all(raw, private, settings, sources)
    answers: dict[str, load.Answer] = {}
    for done, outcome in enumerate(read_all(jobs, settings.reading.processes), start=1):
        name = outcome.job.name
        receipts[name], answer = _receive(receipts[name], outcome)
        if answer is not None:
            answers[name] = answer
        progress(_WORD, done, len(jobs))
    refuse_mixture(raw, list(receipts.values()))
    with load.at_once(con):
        load.open_tables(con, SPECS)
    # In the order of files, not in that of processes: tables are the same every time.
    given = [answers[name] for name in receipts if name in answers]
    for name in load.load_answers(con, given, private, SPECS):
        receipts[name] = _refuse(receipts[name], "ING_BROKEN", _UNFINISHED)
    with load.at_once(con):
        _note_files(con, list(receipts.values()))
        settle.settle(con, SPECS, settings, day)
        validate(con, SPECS)
        settle.account(con, SPECS)
        memory.leave(con, SPECS)
        load.close_tables(con, SPECS)
    shutil.rmtree(private, ignore_errors=True)


def _take_all(
    raw: Path, private: Path, settings: Settings, sources: tuple[SourceSpec, ...]
) -> tuple[dict[str, _Receipt], list[Job]]:
    """A receipt for every file by its name, and a job for each that is to be read."""
    found = find(raw)
    if settings.reading.still_seconds:
        time.sleep(settings.reading.still_seconds)
    receipts: dict[str, _Receipt] = {}
    jobs: list[Job] = []
    seen: set[str] = set()
    for number, file in enumerate(found, start=1):
        receipt, copy = _take(file, private / "in", seen, settings)
        receipts[file.name] = receipt
        if copy is None:
            continue
        target = private / str(number)
        target.mkdir(mode=0o700)
        reading = settings.reading
        jobs.append(
            Job(
                number=number,
                copy=copy,
                name=file.name,
                target=target,
                sources=sources,
                memory_mib=reading.memory_mib,
                seconds=reading.seconds,
                largest_inflated_mib=reading.largest_inflated_mib,
                parent=os.getpid(),
            )
        )
    return receipts, jobs


def _take(
    file: Found, inbox: Path, seen: set[str], settings: Settings
) -> tuple[_Receipt, Path | None]:
    if not file.is_regular:
        reason = "是链接或设备，不是普通文件"
        return _Receipt(file, None, "unknown", "refused", "ING_UNSAFE", reason), None
    if file.size > settings.reading.largest_mib * _MIB:
        return _Receipt(file, None, "unknown", "refused", "ING_TOO_LARGE"), None
    taken = take(file, inbox)
    if taken is None:
        reason = "没有读取权限，或已被移走"
        return _Receipt(file, None, "unknown", "refused", "ING_BROKEN", reason), None
    if not taken.is_still:
        return _Receipt(file, None, "unknown", "left", "ING_GROWING"), None
    receipt = _Receipt(file, taken.sha256, "unknown", "read")
    if taken.sha256 in seen:
        return replace(receipt, outcome="duplicate", code="ING_DUP_FILE"), None
    seen.add(taken.sha256)
    return receipt, taken.copy


def _receive(
    receipt: _Receipt, outcome: Outcome
) -> tuple[_Receipt, load.Answer | None]:
    """What the file turned out to be, and the answer to load if it is to be read."""
    receipt = replace(receipt, sniffed=outcome.answer["sniffed"])
    if outcome.refused is not None:
        reason = str(outcome.answer.get("reason", ""))
        return _refuse(receipt, outcome.refused, reason), None
    try:
        reports = load.parse_reports(outcome.answer["sheets"])
    except load.BadAnswer:
        return _refuse(receipt, "ING_BROKEN", _UNFINISHED), None
    if any(report.is_return for report in reports):
        return replace(receipt, outcome="left", code="ING_RETURN_LEFT"), None
    if not any(report.source for report in reports):
        return _refuse(receipt, *_unknown(reports)), None
    return receipt, load.Answer(receipt.found.name, outcome.job.target, reports)


def _unknown(reports: Sequence[SheetReport]) -> tuple[str, str]:
    """Why a file without any known table is refused."""
    if not reports:
        return "ING_BROKEN", "没有找到工作表"
    if all(report.is_blank for report in reports):
        return "ING_EMPTY", "没有任何内容"
    nearest = next((report.nearest for report in reports if report.nearest), "")
    return "ING_NO_HEADER", nearest or "前20行都不像标题行"


def _refuse(receipt: _Receipt, code: str, reason: str) -> _Receipt:
    return replace(receipt, outcome="refused", code=code, reason=reason)


def refuse_mixture(raw: Path, receipts: Sequence[_Receipt]) -> None:
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


def _is_no_export(receipt: _Receipt) -> bool:
    """Whether a file may lie anywhere: a returned workbook, a picture, a plain note."""
    return (
        receipt.outcome == "left"
        or receipt.sniffed in _NO_EXPORTS
        or (receipt.sniffed in ("csv", "tsv") and receipt.code == "ING_NO_HEADER")
    )


def _note_files(con: duckdb.DuckDBPyConnection, receipts: Sequence[_Receipt]) -> None:
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
                people_stated(Path(name).stem),
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
