"""What every sheet says of its ground: the night, the county, exports and gaps."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import cast

import duckdb

from pipelines.report.marks import NOBODY, Recipient, mark_of
from pipelines.report.query import asked
from pipelines.settings import Settings

FIGURES = Path(__file__).parent / "figures"


@dataclass(frozen=True)
class Facts:
    """One night in words: who issues, on what it rests, what was not checked."""

    as_of: date
    county: str
    office: str
    contact: str
    due_on: date
    basis: str
    gaps: str
    is_sample: bool
    to: Recipient = NOBODY

    def sent(self, book: str, name: str) -> Facts:
        """The same night as it stands in one book, which goes to somebody."""
        return replace(self, to=Recipient(name, mark_of(self.county, self.as_of, book)))

    @property
    def ground(self) -> str:
        return f"依据：{self.basis}。{self.gaps}"


def facts(con: duckdb.DuckDBPyConnection, settings: Settings) -> Facts:
    """The facts of tonight; the basis names each source with its newest dates."""
    as_of, _, county, *_ = asked(con, FIGURES / "night.sql")[1][0]
    exports = [
        f"{title}（{f'最新 {newest}，' if newest else ''}{files} 个文件）"
        for title, newest, files in asked(con, FIGURES / "basis.sql")[1]
    ]
    skipped, failed = asked(con, FIGURES / "gaps.sql")[1][0]
    said = []
    if skipped:
        said.append(f"今晚有 {skipped} 条规则因缺少数据没有核对")
    if failed:
        said.append(f"有 {failed} 条规则未能运行")
    gaps = (
        "，".join(said) + "，见县级总表“总览”。" if said else "今晚全部规则均已核对。"
    )
    return Facts(
        as_of=cast("date", as_of),
        county=str(county or settings.county),
        office=settings.office,
        contact=settings.contact,
        due_on=cast("date", as_of) + timedelta(days=settings.deadline_days),
        basis="、".join(exports) or "无",
        gaps=gaps,
        is_sample=settings.is_sample,
    )
