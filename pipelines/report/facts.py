"""What every sheet says about its ground: the night, the county, the exports, the gaps."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from pipelines.settings import Settings


@dataclass(frozen=True)
class Facts:
    """One night in words: who issues, on which exports it rests, what was not checked."""

    as_of: date
    county: str
    office: str
    contact: str
    due_on: date
    basis: str
    gaps: str
    is_sample: bool

    @property
    def ground(self) -> str:
        return f"依据：{self.basis}。{self.gaps}"


def facts(con: duckdb.DuckDBPyConnection, settings: Settings) -> Facts:
    """The facts of tonight; the basis names each source with its newest dates."""
    con.execute("select as_of, county from run")
    as_of, county = con.fetchall()[0]
    con.execute(
        "select out_source.title, max(file.snapshot_on) as newest, "
        "count(distinct file.file) as files "
        "from ing_sheet as sheet "
        "inner join ing_file as file on sheet.file = file.file "
        "inner join out_source on sheet.source = out_source.source "
        "where file.outcome in ('read', 'unchanged') "
        "group by out_source.title, out_source.source_no order by out_source.source_no"
    )
    exports = [
        f"{title}{f'（最新 {newest:%Y-%m-%d}，' if newest else '（'}{files} 个文件）"
        for title, newest, files in con.fetchall()
    ]
    con.execute(
        "select count(*) filter (where outcome = 'not_applicable'), "
        "count(*) filter (where outcome = 'error') from fnd_rule_status"
    )
    skipped, failed = con.fetchall()[0]
    said = []
    if skipped:
        said.append(f"今晚有 {skipped} 条规则因缺少数据没有核对")
    if failed:
        said.append(f"有 {failed} 条规则未能运行")
    gaps = "，".join(said) + "，见县级总表“总览”。" if said else "今晚全部规则均已核对。"
    return Facts(
        as_of=as_of,
        county=county or settings.county,
        office=settings.office,
        contact=settings.contact,
        due_on=as_of + timedelta(days=settings.deadline_days),
        basis="、".join(exports) or "无",
        gaps=gaps,
        is_sample=settings.is_sample,
    )
