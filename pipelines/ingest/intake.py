"""Files taken as they lie, and what became of each: receipts and answers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from pipelines.ingest import load
from pipelines.ingest.find import Found, take
from pipelines.ingest.job import Job
from pipelines.ingest.members import BadMembers, Told, members
from pipelines.ingest.outcome import Outcome
from pipelines.ingest.reports import SheetReport
from pipelines.settings import Settings
from schemas.returns import RETURN_SOURCE
from schemas.spec import SourceSpec

_MIB = 1 << 20
UNFINISHED = "读取结果不完整"


@dataclass(frozen=True)
class Receipt:
    """What became of one file; ``code`` is the one issue that explains it."""

    found: Found
    sha256: str | None
    sniffed: str
    outcome: str
    code: str | None = None
    reason: str = ""

    def refused(self, code: str, reason: str) -> Receipt:
        return replace(self, outcome="refused", code=code, reason=reason)


@dataclass
class Intake:
    """Round after round: files, then what lies in those that are archives.

    ``to_keep``: jobs whose answers may serve another night; what a password opened
    is not kept.
    """

    private: Path
    settings: Settings
    sources: tuple[SourceSpec, ...]
    receipts: dict[str, Receipt] = field(default_factory=dict)
    answers: dict[str, load.Answer] = field(default_factory=dict)
    to_keep: dict[str, Job] = field(default_factory=dict)
    jobs: int = 0
    _seen: set[str] = field(default_factory=set)
    _members: list[Told] = field(default_factory=list)
    _locked: set[str] = field(default_factory=set)

    def take(self, files: Sequence[Found]) -> list[Job]:
        """A receipt for every file, and a job for each that is to be read."""
        jobs = []
        for given in files:
            file = self._named(given)
            self.receipts[file.name], copy = _take(
                file, self.private / "in", self._seen, self.settings
            )
            if copy is not None:
                jobs.append(self._job(len(self.receipts), file, copy))
        self.jobs += len(jobs)
        return jobs

    def _named(self, file: Found) -> Found:
        """The file under a name of its own: one may be called like an archive's."""
        name = file.name
        while name in self.receipts:
            name += "（重名）"
        return replace(file, name=name)

    def _job(self, number: int, file: Found, copy: Path) -> Job:
        target = self.private / str(number)
        target.mkdir(mode=0o700)
        reading = self.settings.reading
        return Job(
            number=number,
            copy=copy,
            name=file.name,
            target=target,
            sources=self.sources,
            memory_mib=reading.memory_mib,
            seconds=reading.seconds,
            largest_inflated_mib=reading.largest_inflated_mib,
            parent=os.getpid(),
            password_env=reading.password_env,
        )

    def receive(self, outcome: Outcome) -> None:
        """What a file turned out to be; an archive's files wait for the next round."""
        name = outcome.job.name
        receipt = replace(self.receipts[name], sniffed=outcome.answer["sniffed"])
        self.receipts[name] = self._judged(receipt, outcome)

    def _judged(self, receipt: Receipt, outcome: Outcome) -> Receipt:
        if outcome.refused is not None:
            reason = str(outcome.answer.get("reason", ""))
            return receipt.refused(outcome.refused, reason)
        if "members" in outcome.answer:
            return self._open(receipt, outcome)
        try:
            reports = load.parse_reports(outcome.answer["sheets"])
        except load.BadAnswer:
            return receipt.refused("ING_BROKEN", UNFINISHED)
        is_return = any(report.source == RETURN_SOURCE for report in reports)
        if is_return:
            receipt = replace(receipt, code="ING_RETURN")
        if any(report.is_return for report in reports) and not is_return:
            return replace(receipt, outcome="left", code="ING_RETURN_LEFT")
        if not any(report.source or report.other for report in reports):
            return receipt.refused(*_unknown(reports))
        name = receipt.found.name
        job = outcome.job
        self.answers[name] = load.Answer(name, job.target, job.base, reports)
        if not outcome.answer.get("is_unlocked") and name not in self._locked:
            self.to_keep[name] = job
        return receipt

    def _open(self, receipt: Receipt, outcome: Outcome) -> Receipt:
        try:
            told, said = members(outcome, receipt.found)
        except BadMembers:
            return receipt.refused("ING_BROKEN", UNFINISHED)
        if not told:
            return receipt.refused("ING_EMPTY", said)
        self._members += told
        return replace(receipt, code="ING_ARCHIVE", reason=said)

    def members(self) -> list[Found]:
        """Files out of archives that are to be read now, in the order of their names."""
        told = sorted(self._members, key=lambda one: one.found.name)
        self._members = []
        files = []
        for one in told:
            receipt = Receipt(self._named(one.found), None, "unknown", "read")
            if one.was_locked:
                self._locked.add(receipt.found.name)
            if one.code is not None:
                receipt = receipt.refused(one.code, one.reason)
            elif one.inside is None:
                files.append(one.found)
                continue
            else:
                taken = take(one.found, self.private / "in")
                receipt = replace(
                    receipt,
                    sha256=taken.sha256 if taken else None,
                    sniffed="zip",
                    code="ING_ARCHIVE",
                    reason=one.inside,
                )
            self.receipts[receipt.found.name] = receipt
        return files


def _take(
    file: Found, inbox: Path, seen: set[str], settings: Settings
) -> tuple[Receipt, Path | None]:
    if not file.is_regular:
        reason = "是链接或设备，不是普通文件"
        return Receipt(file, None, "unknown", "refused", "ING_UNSAFE", reason), None
    if file.size > settings.reading.largest_mib * _MIB:
        return Receipt(file, None, "unknown", "refused", "ING_TOO_LARGE"), None
    taken = take(file, inbox)
    if taken is None:
        reason = "没有读取权限，或已被移走"
        return Receipt(file, None, "unknown", "refused", "ING_BROKEN", reason), None
    if not taken.is_still:
        return Receipt(file, None, "unknown", "left", "ING_GROWING"), None
    receipt = Receipt(file, taken.sha256, "unknown", "read")
    if taken.sha256 in seen:
        return replace(receipt, outcome="duplicate", code="ING_DUP_FILE"), None
    seen.add(taken.sha256)
    return receipt, taken.copy


def _unknown(reports: Sequence[SheetReport]) -> tuple[str, str]:
    """Why a file without any known table is refused."""
    if not reports:
        return "ING_BROKEN", "没有找到工作表"
    if all(report.is_blank for report in reports):
        return "ING_EMPTY", "没有任何内容"
    if any(report.is_transposed for report in reports):
        return "ING_TRANSPOSED", "标题在左边一列，一人一列"
    nearest = next((report.nearest for report in reports if report.nearest), "")
    return "ING_NO_HEADER", nearest or "前20行都不像标题行"
