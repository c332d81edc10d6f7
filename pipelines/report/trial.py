"""The workbook of a trial: what another policy would change, for the county office.

It stands outside the night: nothing of it is published, and it is judged by the leak
gate before it lies where it was asked for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipelines.errors import YuluError
from pipelines.report import gate, gate_book
from pipelines.report.book import Book, write_private
from pipelines.report.facts import Facts
from pipelines.report.field import masked
from pipelines.report.protect import COUNTY, encrypted, passwords
from pipelines.report.query import Row
from pipelines.report.sheets.declare import Sheet, col
from pipelines.report.table import table_page

TOTAL = Sheet(
    "trial_total", "汇总", "政策试算汇总",
    "每行一个口径下的一类变化；户、人、人次分开计，互不相加；差额为设想的减现行的",
    (
        col("part", "口径", 10, "centre"), col("name", "补助期或乡镇", 18),
        col("change", "变化", 20, "centre"), col("households", "户", 8, "count"),
        col("people", "人", 8, "count"), col("person_periods", "人次", 8, "count"),
        col("yuan", "差额（元）", 12, "yuan"),
        col("unpriced", "其中没有规定标准的（人次）", 14, "count"),
    ),
    frozen=2,
)  # fmt: skip
WHO = Sheet(
    "trial_who", "名单", "政策试算名单",
    "每行一人一期；号码已遮盖；应得是按政策和登记算的，不是已发的；金额空白是没有规定标准",
    (
        col("unit_no", "补助期", 16, "centre"), col("township", "乡镇", 13),
        col("village", "村", 13), col("name", "姓名", 9),
        col("id_masked", "证件号码", 21), col("change", "变化", 20, "centre"),
        col("now_yuan", "现行应得（元）", 11, "yuan"),
        col("then_yuan", "设想应得（元）", 11, "yuan"),
        col("yuan", "差额（元）", 11, "yuan"), col("why", "不应得的原因", 30, "wrap"),
    ),
    frozen=4,
)  # fmt: skip


@dataclass(frozen=True)
class Trial:
    """What is written: the trial in words, its totals and its people."""

    words: str
    total: Sequence[Row]
    who: Sequence[Row]


def trial_book(
    path: Path, trial: Trial, facts: Facts, named: Mapping[str, str]
) -> None:
    """Write the workbook, readable by its owner only; with the county's password, if
    settings name one.

    Raises YuluError, and writes nothing, when anything in it shows a whole number or
    could act.
    """
    password = passwords(named).get(COUNTY)
    facts = facts.sent(path.name, facts.office)
    ground = f"试算：{trial.words}；只是试算，没有发布。"
    with tempfile.TemporaryDirectory(prefix="yulu-") as folder:
        draft = Path(folder) / "trial.xlsx"
        book = Book(f"{facts.county}雨露计划政策试算", facts)
        table_page(book, TOTAL, masked(trial.total), facts, ground=ground)
        table_page(book, WHO, masked(trial.who), facts, ground=ground)
        book.save(draft)
        found = [
            *gate_book.leaking(draft, gate.leaks, gate.leaks),
            *gate_book.active_content(draft),
        ]
        if found:
            raise YuluError(f"工作簿没有写出：{'；'.join(found[:3])}。请联系维护人员。")
        content = draft.read_bytes()
        if password:
            content = encrypted(content, password)
        try:
            write_private(path, content)
        except OSError:
            raise YuluError("工作簿没有写出：文件夹不可写或磁盘已满。") from None
