"""Pre-flight for whoever exports: what a file is taken for, and what is doubtful in it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipelines import database, ingest, published, settings
from pipelines.errors import UsageError
from pipelines.issues import ISSUES
from pipelines.progress import silent
from schemas.sources import SPECS

_TITLES = {spec.name: spec.title for spec in SPECS}
_MOST_ADDRESSES = 8


def check(files: Sequence[Path]) -> tuple[Iterator[str], bool]:
    """Lines about each file, and whether at least one is usable; raises UsageError.

    The files are copied into a private folder and read there exactly as a night would.
    """
    for file in files:
        if not file.is_file():
            raise UsageError(f"找不到文件：{file.name}")
    with tempfile.TemporaryDirectory(prefix="yulu-") as folder:
        raw, work = Path(folder, "raw"), Path(folder, "work")
        work.mkdir(mode=0o700)
        for number, file in enumerate(files, start=1):
            place = raw / str(number)
            place.mkdir(parents=True)
            shutil.copy2(file, place / file.name)
        found = settings.load(raw=raw)
        con = database.open_work(work, found)
        try:
            ingest.read_exports(con, raw, work, found, silent)
            names = ("file", "sheet", "heading", "issue")
            reports = {name: _records(con, name) for name in names}
        finally:
            con.close()
    usable = any(
        row["outcome"] in _READ and row["issue_code"] != "ING_ARCHIVE"
        for row in reports["file"]
    )
    return _lines(reports), usable


_READ = ("read", "unchanged")
Records = list[dict[str, Any]]


def _records(con: Any, name: str) -> Records:
    path = Path(__file__).parent / f"check_{name}.sql"
    return published.records(con, path.read_text(encoding="utf-8"))


def _lines(reports: dict[str, Records]) -> Iterator[str]:
    for file in reports["file"]:
        yield f"■ {_short(file['file'])}"
        if file["outcome"] not in _READ:
            issue = ISSUES.get(file["issue_code"] or "")
            yield f"  读不了：{issue.title if issue else file['outcome']}"
            yield f"  建议：{issue.advice if issue else ''}"
        for sheet in _of(reports["sheet"], file):
            title = _TITLES.get(sheet["source"] or "", "不是已知的表")
            name = f"工作表“{sheet['sheet']}”" if sheet["sheet"] else "内容"
            yield f"  {name} 认作：{title}，数据 {sheet['rows']} 行"
        if file["snapshot_on"]:
            yield f"  日期 {file['snapshot_on']}"
        yield from _headings(_of(reports["heading"], file))
        yield from _issues(_of(reports["issue"], file))


def _headings(rows: Records) -> Iterator[str]:
    for row in rows:
        word = "未登记的标题" if row["fate"] == "unknown" else "重复的标题"
        yield f"  第 {row['column_no']} 列 {word}：{row['heading']}"


def _issues(rows: Records) -> Iterator[str]:
    groups: dict[str, Records] = {}
    for row in rows:
        groups.setdefault(row["issue_code"], []).append(row)
    for code, group in groups.items():
        cells = [str(row["cell"]) for row in group if row["cell"]]
        more = "……" if len(cells) > _MOST_ADDRESSES else ""
        at = f"（{'、'.join(cells[:_MOST_ADDRESSES])}{more}）" if cells else ""
        issue = ISSUES[code]
        yield f"  存疑 {len(group)} 处：{issue.title}{at}。{issue.advice}"


def _of(rows: Records, file: dict[str, Any]) -> Records:
    return [row for row in rows if row["file"] == file["file"]]


def _short(path: str) -> str:
    return path.partition("/")[2]
