"""One night from end to end: the only place, with the flows, that knows every stage.

The stages hand tables of one work database to each other. ``run`` calls them in
order; Prefect may wrap each call, the result is the same.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines import (
    county,
    database,
    history,
    ingest,
    link,
    lock,
    publish,
    report,
    returns,
    rules,
    settings,
)
from pipelines.errors import NothingToReadError, UsageError, YuluError
from pipelines.progress import Progress
from pipelines.request import Request
from pipelines.settings import Settings
from schemas import reference

VERSION = "0.1.0"
REQUIRED = (("monitored_person", "监测系统人员导出"), ("yulu_roster", "雨露计划名册"))


@dataclass(frozen=True)
class Tonight:
    """What every stage works with: settings, work database, the folder being filled."""

    request: Request
    settings: Settings
    con: duckdb.DuckDBPyConnection
    work: Path
    aside: Path
    progress: Progress

    @property
    def history_db(self) -> Path:
        return self.settings.out / "history.duckdb"


@dataclass(frozen=True)
class Stage:
    """One step of the night; ``retries`` where a second try can help: files, disks."""

    name: str
    title: str
    work: Callable[[Tonight], None]
    retries: int = 0


@dataclass(frozen=True)
class Result:
    """What a night left: the folder is null after a dry run; ``run`` is run.json."""

    as_of: date
    folder: Path | None
    run: dict[str, Any]


def plainly(stage: Stage) -> Callable[[Tonight], None]:
    """The stage as it is: how a night runs without Prefect."""
    return stage.work


def run(
    request: Request,
    progress: Progress,
    wrap: Callable[[Stage], Callable[[Tonight], None]] = plainly,
) -> Result:
    """Runs one night and publishes it; raises YuluError, and then nothing changed."""
    with begin(request, progress) as tonight:
        seconds: dict[str, float] = {}
        for number, stage in enumerate(STAGES, start=1):
            progress(f"{number}/{len(STAGES)} {stage.title}")
            started = time.perf_counter()
            wrap(stage)(tonight)
            seconds[stage.name] = time.perf_counter() - started
        if not request.is_dry_run:
            _write_timings(tonight, seconds)
        return _result(tonight)


@contextmanager
def begin(request: Request, progress: Progress) -> Iterator[Tonight]:
    """Holds the lock and a private, empty work folder for the length of a night."""
    found = settings.load(raw=request.raw, out=request.out)
    if not found.raw.is_dir():
        raise UsageError("找不到存放导出文件的文件夹，请用 --raw 指定。")
    report.passwords(found.passwords)
    os.umask(0o077)
    publish.prepare(found.out, found.raw)
    with lock.hold(found.out):
        publish.sweep(found.out)
        work = found.out / publish.WORK
        (work / "aside").mkdir(parents=True)
        con = database.open_work(work, found)
        try:
            yield Tonight(request, found, con, work, work / "aside", progress)
        finally:
            con.close()
            shutil.rmtree(work, ignore_errors=True)


def read(tonight: Tonight) -> None:
    """Every export → raw_, stg_ and ing_ tables; then ``run`` and ``ref_``."""
    for (table,) in tonight.con.execute(
        "select table_name from duckdb_tables() order by table_name"
    ).fetchall():
        # a retry begins where the first try began
        tonight.con.execute(f'drop table "{table}"')
    ingest.read_exports(
        tonight.con,
        tonight.settings.raw,
        tonight.work,
        tonight.settings,
        tonight.progress,
        _stated_day(tonight),
        None if tonight.request.is_dry_run else tonight.settings.out / publish.KEPT,
    )
    _require_sources(tonight.con)
    as_of = _as_of(tonight)
    code = tonight.settings.county_code or county.county_of(tonight.con)
    name = tonight.settings.county or reference.county_names().get(code, "")
    found = replace(tonight.settings, county_code=code)
    tonight.con.execute(
        "create or replace table run as select ?::date as as_of, "
        "?::varchar as county_code, ?::varchar as county, "
        "?::varchar as province_code, ?::varchar as version",
        [as_of, code, name, found.province, VERSION],
    )
    database.load_reference(tonight.con, found, as_of)


def recall(tonight: Tonight) -> None:
    """What the nights before this one knew → his_ tables."""
    history.recall(
        tonight.con, tonight.history_db, tonight.settings.out, as_of(tonight.con)
    )


def take_back(tonight: Tonight) -> None:
    """Our own workbooks that came back → ret_row, ret_decision."""
    returns.take_returns(tonight.con)


def connect(tonight: Tonight) -> None:
    """Roster, payments, departures and register → lnk_ tables."""
    link.link_people(tonight.con)


def compare(tonight: Tonight) -> None:
    """Every rule → fnd_candidate, fnd_rule_status."""
    rules.find(tonight.con)


def follow(tonight: Tonight) -> None:
    """Tonight's candidates and what was known → fnd_finding."""
    history.live(tonight.con)


def write(tonight: Tonight) -> None:
    """Workbooks, tables and run.json, aside."""
    report.write(tonight.con, tonight.aside, tonight.settings, tonight.progress)


def audit(tonight: Tonight) -> None:
    """Raises YuluError when what was written, opened again, falls short anywhere; then
    books get their passwords."""
    shortfalls = report.audit(tonight.aside, tonight.con)
    if shortfalls:
        raise YuluError(
            f"复核没有通过，共 {len(shortfalls)} 处，没有发布任何内容："
            + "；".join(shortfalls[:3])
        )
    report.lock_books(tonight.con, tonight.aside, tonight.settings.passwords)


def bring_out(tonight: Tonight) -> None:
    """Moves the night into place by one rename, then remembers it."""
    if tonight.request.is_dry_run:
        return
    on = as_of(tonight.con)
    share = tonight.settings.limits.hold_back_share
    publish.publish(tonight.aside, tonight.settings.out, on, share)
    history.remember(tonight.history_db, tonight.settings.out / on.isoformat())


STAGES = (
    Stage("read", "读取导出文件", read, retries=2),
    Stage("recall", "查对往期", recall),
    Stage("returns", "收回认定", take_back),
    Stage("link", "关联人员", connect),
    Stage("find", "逐条比对", compare),
    Stage("live", "跟踪问题", follow),
    Stage("write", "生成表格", write),
    Stage("audit", "复核表格", audit),
    Stage("publish", "发布", bring_out),
)


def as_of(con: duckdb.DuckDBPyConnection) -> date:
    """The day this night is about."""
    ((day,),) = con.execute("select as_of from run").fetchall()
    return day  # type: ignore[no-any-return]


def _stated_day(tonight: Tonight) -> date | None:
    asked, found = tonight.request, tonight.settings
    return asked.as_of or found.as_of or asked.scheduled_on


def _as_of(tonight: Tonight) -> date:
    if stated := _stated_day(tonight):
        return stated
    dates = tonight.con.execute(
        "select snapshot_on from ing_file where snapshot_on is not null "
        "order by dated_by = 'mtime', snapshot_on desc limit 1"
    ).fetchall()
    if not dates:
        raise UsageError("导出文件都没有日期，请用 --as-of 2023-09-15 这样的写法指定。")
    return dates[0][0]  # type: ignore[no-any-return]


def _require_sources(con: duckdb.DuckDBPyConnection) -> None:
    missing = [
        title
        for source, title in REQUIRED
        if con.execute(f"select count(*) from stg_{source}").fetchall() == [(0,)]  # noqa: S608
    ]
    if missing:
        refused = con.execute(
            "select count(*) from ing_file where outcome = 'refused'"
        ).fetchall()[0][0]
        raise NothingToReadError(
            f"没有可用的{'、'.join(missing)}，没有发布任何内容。"
            f"拒读文件 {refused} 个；用 yulu check 文件名 查看每个文件的原因。"
            + _lines_to_accept(con)
        )


def _lines_to_accept(con: duckdb.DuckDBPyConnection) -> str:
    """What would settle unknown headings of sheets that are held, ready to be copied."""
    lines = con.execute(
        "select distinct accept.line from ing_accept as accept inner join ing_sheet "
        "as sheet on accept.file = sheet.file and accept.sheet = sheet.sheet "
        "where sheet.hold_code = accept.issue_code order by accept.line"
    ).fetchall()
    if not lines:
        return ""
    told = "\n".join(f"  {line}" for (line,) in lines)
    return f"\n标题有变的表没有采用；如认可，在 headings.toml 末尾加一行：\n{told}"


def _write_timings(tonight: Tonight, seconds: dict[str, float]) -> None:
    """What the clock says stands beside the night: its own bytes are repeatable."""
    folder = tonight.settings.out / "timings"
    folder.mkdir(exist_ok=True)
    measured = json.dumps(report.timings(tonight.con, seconds), indent=1)
    file = folder / f"{as_of(tonight.con)}.json"
    file.write_text(measured + "\n", encoding="utf-8")


def _result(tonight: Tonight) -> Result:
    on = as_of(tonight.con)
    folder = None if tonight.request.is_dry_run else tonight.settings.out / f"{on}"
    written = (folder or tonight.aside) / "run.json"
    return Result(on, folder, json.loads(written.read_text(encoding="utf-8")))
