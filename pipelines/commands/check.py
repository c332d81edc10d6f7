"""Pre-flight for whoever exports: the receipt that a night would give, before sending."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pipelines import database, ingest, publish, published, settings
from pipelines.errors import UsageError
from pipelines.progress import silent

_WIDTH, _HANGING = 78, "。，；、：）”"  # a mark may hang over into the last columns
_QUERIES = Path(__file__).parent
_HELD = "整表搁置"
_NAMED = 20

Records = list[dict[str, Any]]


def check(files: Sequence[Path], out: Path | None = None) -> tuple[Iterator[str], bool]:
    """The lines to show, and whether all of it would be taken; raises UsageError.

    The files are copied into a private folder and read there exactly as a night would.
    What the last published night left tells moved columns.
    """
    for file in files:
        if not file.is_file():
            raise UsageError(f"找不到文件：{file.name}")
    with tempfile.TemporaryDirectory(prefix="yulu-") as folder:
        raw, work = Path(folder, "raw"), Path(folder, "work")
        work.mkdir(mode=0o700)
        for number, file in enumerate(files, start=1):
            place = raw / f"{number:06d}"  # in the order given
            place.mkdir(parents=True)
            shutil.copy2(file, place / file.name)
        found = settings.load(raw=raw, out=out)
        last = next(iter(_nights(found.out)), date.min)
        con = database.open_work(work, found)
        try:
            ingest.read_exports(con, raw, work, found, silent, part_of=last)
            receipt = _records(con, "check")
            each = _records(con, "check_each")
            lines = [row["line"] for row in _records(con, "check_accept")]
        finally:
            con.close()
    is_fine = all(
        row["outcome"] != "没有读" and row["outcome"] != _HELD for row in receipt
    )
    return _told(receipt, each, lines, len(files)), is_fine


def _nights(out: Path) -> Iterator[date]:
    """The days of published nights, newest first."""
    for day, folder in publish.night_folders(out).items():
        if publish.outcome(folder) == publish.PUBLISHED:
            yield day


def _records(con: Any, name: str) -> Records:
    return published.records(con, (_QUERIES / f"{name}.sql").read_text("utf-8"))


def _told(
    receipt: Records, each: Records, lines: Sequence[str], files: int
) -> Iterator[str]:
    refused = sum(row["files"] for row in receipt if row["outcome"] == "没有读")
    held = sum(row["outcome"] == _HELD for row in receipt)
    yield f"共 {files} 个文件，读不了 {refused} 个，整表搁置 {held} 张。"
    for row in receipt:
        yield ""
        yield from _entry(row)
        if row["files"] > 1:
            yield from _each(each, row["issue_code"])
    if lines:
        yield ""
        yield from _wrapped("", "标题有变。核对后如认可，在 headings.toml 末尾加一行：")
        yield from lines  # to be copied: never broken


def _entry(row: dict[str, Any]) -> Iterator[str]:
    name = re.sub(r"^[0-9]+/", "", row["file"])
    sheet = f"　工作表“{row['sheet']}”" if row["sheet"] else ""
    yield from _wrapped("■ ", f"{row['outcome']}　{name}{sheet}")
    if row["taken_for"]:
        yield from _wrapped("  当作：", "　".join(_taken_for(row)))
        yield from _wrapped("  行数：", "　".join(_rows(row)))
    label = "  注意：" if row["taken_for"] else "  原因："
    if row["noticed"]:
        yield from _wrapped(label, _without_prefix(row["noticed"]))
    if row["todo"]:
        yield from _wrapped("  下一步：", row["todo"].partition("如认可，")[0])


def _each(each: Records, code: str) -> Iterator[str]:
    """Of files that stand together in the receipt what is each one's own, by reason."""
    whose: dict[str, list[str]] = {}
    for row in each:
        if row["issue_code"] == code:
            name = re.sub(r"^[0-9]+/", "", row["file"])
            whose.setdefault(_without_prefix(row["why"] or "其他"), []).append(name)
    for why, names in whose.items():
        more = f" 等共 {len(names)} 个" if len(names) > _NAMED else ""
        yield from _wrapped("    ", f"{'、'.join(names[:_NAMED])}{more}：{why}")


def _taken_for(row: dict[str, Any]) -> Iterator[str]:
    yield row["taken_for"]
    if row["snapshot_on"]:
        yield f"日期 {row['snapshot_on']}（{row['dated_by']}）"
    if row["period"]:
        yield f"学年 {row['period']}"


_FATES = (
    ("accepted", "采用"),
    ("held", "隔离"),
    ("duplicate", "重复"),
    ("superseded", "已有更新"),
    ("other", "标题合计等"),
)


def _rows(row: dict[str, Any]) -> Iterator[str]:
    for name, title in _FATES:
        if row[name] or name == "accepted":
            yield f"{title} {row[name] or 0}"
    if row["stated"]:
        yield f"写明人数 {row['stated']}"


def _without_prefix(text: str) -> str:
    """Names inside the text without the numbers that keep equal names apart here."""
    return re.sub(r"(?<![0-9/])[0-9]+/(?=[^/]*\.[A-Za-z]{2,4})", "", text)


def _wrapped(label: str, text: str) -> Iterator[str]:
    """Lines no wider than a terminal; a Chinese character takes two columns."""
    from rich.cells import cell_len

    indent = " " * cell_len(label)
    line = label
    for character in text:
        is_full = cell_len(line) + cell_len(character) > _WIDTH
        if is_full and character not in _HANGING:
            yield line
            line = indent
        line += character
    yield line
