"""What another policy would change: who would gain, who would lose, how many yuan.

Tonight's exports are read and linked as a night would, in a private folder; then the
policy's tables are filled anew and what depends on them is worked out again. Nothing is
published, no history is touched; only the workbook that was asked for is written.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from pathlib import Path
from typing import Any

import duckdb

from pipelines import (
    database,
    history,
    link,
    night,
    published,
    report,
    rules,
    settings,
)
from pipelines.commands.imagined import Imagined, imagined
from pipelines.errors import UsageError
from pipelines.progress import Progress
from pipelines.request import Request
from pipelines.settings import Settings

_HERE = Path(__file__).parent
# what is worked out again: from the roster's periods on, or from who speaks for them
_FROM_PERIODS, _FROM_STANDING = "40", "80"
CHANGES = (
    ("gain", "新增享受"),
    ("lose", "不再享受"),
    ("more", "金额增加"),
    ("less", "金额减少"),
    ("unpriced", "仍享受，金额没有规定"),
    ("open", "说不清"),
)
_PARTS = {"all": "合计", "period": "补助期", "township": "乡镇"}
# why something is not due, or not known to be
WHY = {
    "risk_done": "风险已消除",
    "late_found": "识别晚于基准日",
    "no_policy": "脱贫户不享受政策",
    "not_eligible": "不是脱贫户或监测对象",
    "departed": "成员已减少",
    "stopped": "学籍状态停发、暂停",
    "left": "备注写明已离校",
    "not_studying": "在校生状况不是中高职",
    "not_registered": "不在监测系统",
    "not_shown": "不在名册，也不是应享的在校生",
    "waived": "自愿放弃",
    "dead": "已去世",
    "undecided": "资料或规定不全，说不清",
    "level_unsaid": "政策没有写这个学段",
    "unsure": "升级未定",
}
_TERMS = {"": "", "1": "秋季", "2": "春季"}
Records = list[dict[str, Any]]


@dataclass(frozen=True)
class Compared:
    """The differences between two policies, and what could not be compared."""

    as_of: date
    county: str
    words: str
    totals: Records
    changes: Records
    left_out: tuple[str, ...]
    is_sample: bool


def what_if(
    asked: Sequence[str], request: Request, book: Path | None, progress: Progress
) -> Iterator[str]:
    """Lines on what the imagined policy changes; the workbook too, when it is named.

    Raises UsageError for a policy that cannot be read or a workbook that is there
    already, and whatever a night raises when there is nothing to read.
    """
    if book is not None:
        if book.suffix.lower() != ".xlsx":
            raise UsageError("--out 请写一个 .xlsx 文件名，例如 试算.xlsx。")
        if book.exists():
            raise UsageError(f"{book.name} 已经存在，不会覆盖：请换一个文件名。")
        if not book.absolute().parent.is_dir():
            raise UsageError("--out 所在的文件夹不存在，请先建好。")
    found = settings.load(raw=request.raw, out=request.out)
    if found.county_code:  # a wrong file is told before an hour of reading
        imagined(asked, found.province)
    with _worked(request, found, progress) as (con, known):
        meant = imagined(asked, known.province)
        compared = _compare(con, known, meant, progress)
        if book is not None:
            progress("写工作簿")
            facts = _facts(compared, known)
            report.trial_book(book, _trial(compared), facts, known.passwords)
    return _lines(compared, book)


@contextmanager
def _worked(
    request: Request, found: Settings, progress: Progress
) -> Iterator[tuple[duckdb.DuckDBPyConnection, Settings]]:
    """Tonight's exports read and linked in a private folder, and the county's settings."""
    if not found.raw.is_dir():
        raise UsageError("找不到存放导出文件的文件夹，请用 --raw 指定。")
    os.umask(0o077)
    with tempfile.TemporaryDirectory(prefix="yulu-") as folder:
        work = Path(folder)
        con = database.open_work(work, found)
        tonight = night.Tonight(
            replace(request, is_dry_run=True),
            found,
            con,
            work,
            work / "aside",
            progress,
        )
        try:
            for stage in takewhile(lambda stage: stage.name != "find", night.STAGES):
                progress(stage.title)
                if stage.name == "recall":
                    # a copy of the history, and no folder of nights to reconcile with
                    as_of = night.as_of(con)
                    history.recall(con, tonight.history_db, work / "nights", as_of)
                else:
                    stage.work(tonight)
            ((code,),) = con.execute("select county_code from run").fetchall()
            yield con, replace(found, county_code=code)
        finally:
            con.close()


def _compare(
    con: duckdb.DuckDBPyConnection,
    found: Settings,
    meant: Imagined,
    progress: Progress,
) -> Compared:
    progress("按现行政策试算")
    _keep(con, "now")
    progress("按设想的政策试算")
    as_of = night.as_of(con)
    periods = _periods(con)
    database.load_policy(
        con, replace(found, province_code=meant.province_code), as_of, meant.policy
    )
    first = _FROM_STANDING if _periods(con) == periods else _FROM_PERIODS
    for step in link.STEPS:
        if step.name >= first:
            link.run_step(con, step)
    _keep(con, "then")
    database.run_sql_file(con, _HERE / "what_if_change.sql")
    skipped = con.execute(
        "select distinct year.school_year from what_if_year as year inner join "
        "now_line as line on line.school_year = year.school_year "
        "where not year.is_comparable order by 1"
    ).fetchall()
    ((county,),) = con.execute("select county from run").fetchall()
    return Compared(
        as_of=as_of,
        county=county or found.county,
        words=meant.words,
        totals=_asked(con, "what_if_total"),
        changes=_asked(con, "what_if_who"),
        left_out=tuple(year for (year,) in skipped),
        is_sample=found.is_sample,
    )


def _keep(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """What is due by the policy in force here, kept under a name."""
    rules.ledger(con)
    database.run_sql_file(con, _HERE / "what_if_line.sql")
    for table in ("period", "level", "line"):
        con.execute(
            f"create or replace temp table {name}_{table} as from what_if_{table}"
        )
    # what the rules share would hide tables of linking that are called the same
    for (shared,) in con.execute(
        "select table_name from duckdb_tables() "
        "where temporary and table_name like 'lnk!_%' escape '!' order by 1"
    ).fetchall():
        con.execute(f'drop table temp."{shared}"')


def _periods(con: duckdb.DuckDBPyConnection) -> list[Any]:
    return con.execute(
        "select period_no, starts_on, ends_on from ref_period order by period_no"
    ).fetchall()


def _asked(con: duckdb.DuckDBPyConnection, name: str) -> Records:
    return published.records(con, (_HERE / f"{name}.sql").read_text("utf-8"))


def _trial(compared: Compared) -> report.Trial:
    titles = dict(CHANGES)
    total = [
        (
            _PARTS[row["part"]], _shown(row["name"]), titles[row["change"]],
            row["households"], row["people"], row["person_periods"], row["yuan"],
            row["unpriced"],
        )
        for row in compared.totals
    ]  # fmt: skip
    who = [
        (
            _shown(row["unit_no"]), row["township"], row["village"], row["name"],
            row["id_masked"], titles[row["change"]], row["now_yuan"], row["then_yuan"],
            row["yuan"], WHY.get(row["why"], ""),
        )
        for row in compared.changes
    ]  # fmt: skip
    return report.Trial(compared.words, total, who)


def _facts(compared: Compared, found: Settings) -> report.Facts:
    return report.Facts(
        as_of=compared.as_of,
        county=compared.county,
        office=found.office,
        contact=found.contact,
        due_on=compared.as_of,
        basis="试算",
        gaps="",
        is_sample=compared.is_sample,
    )


def _lines(compared: Compared, book: Path | None) -> Iterator[str]:
    sample = "　演示数据（虚构）" if compared.is_sample else ""
    yield f"试算：{compared.words}　{compared.county}　数据截至 {compared.as_of}{sample}"
    yield "只是试算：没有发布，没有改动任何结果。比的是两种政策下各应得多少，不是已发多少。"
    totals = [row for row in compared.totals if row["part"] == "all"]
    if not totals:
        yield "没有差别：没有人因此多得或少得。"
    else:
        yield "户、人、人次分开计，互不相加："
        yield from _part(totals, "")
        for part, title in (("period", "按补助期"), ("township", "按乡镇")):
            yield f"{title}："
            rows = [row for row in compared.totals if row["part"] == part]
            for name in dict.fromkeys(row["name"] for row in rows):
                yield f"  {_shown(name)}"
                yield from _part([r for r in rows if r["name"] == name], "  ")
    if compared.left_out:
        yield (
            f"没有比的学年：{'、'.join(compared.left_out)}"
            "（一边没有规定，或没有名册）。"
        )
    if book is not None:
        yield f"名单已写入 {book}（内部资料，号码已遮盖）。"


def _part(rows: Records, margin: str) -> Iterator[str]:
    told = {row["change"]: row for row in rows}
    for change, title in CHANGES:
        if row := told.get(change):
            money = f"　{row['yuan']:+,} 元" if row["yuan"] else ""
            yield (
                f"{margin}  {title}　{row['households']:,} 户　{row['people']:,} 人　"
                f"{row['person_periods']:,} 人次{money}"
            )
    unpriced = sum(row["unpriced"] for row in rows)
    beside = f"（另有 {unpriced:,} 人次没有规定标准，未计）" if unpriced else ""
    yield f"{margin}  合计差额　{sum(row['yuan'] for row in rows):+,} 元{beside}"


def _shown(name: str) -> str:
    """A period as people say it; a township as it is called."""
    if not name[:4].isdigit():
        return name
    return f"{name[:9]}学年{_TERMS[name[10:]]}"
