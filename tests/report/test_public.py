"""The public notice: what the ministry's rule leaves, nobody in question, no small counts."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.report import audit_books, sheets
from pipelines.report.write import NOTICE

Night = tuple[Path, duckdb.DuckDBPyConnection]


def test_the_ministry_s_rule_of_2017(night: Night) -> None:
    """教财厅函〔2017〕28号: no number, telephone, address, birth date or account."""
    book = openpyxl.load_workbook(night[0] / NOTICE)
    titles = [[cell.value for cell in page[4]] for page in book.worksheets]
    assert titles == [
        ["类别", "学年", "办学层次", "就读学校", "姓名", "资助金额（元）"],
        ["类别", "学年", "办学层次", "人数（人）", "金额（元）", "说明"],
    ]
    assert not any(
        "内部资料" in str(value)
        for page in book.worksheets
        for row in page.iter_rows(values_only=True)
        for value in row
    )


def test_nobody_in_question_is_named(night: Night) -> None:
    folder, con = night
    page = openpyxl.load_workbook(folder / NOTICE)["公示名单"]
    named = {row[4] for row in page.iter_rows(min_row=5, values_only=True)}
    asked = con.execute(
        "select name from fnd_finding where severity = 'A' and subject_kind = 'person' "
        "and period = '2021-2022' and state not in ('closed', 'waived')"
    ).fetchall()
    assert named
    assert asked
    assert not named & {name for (name,) in asked}


def _summary(rows: list[tuple[str, int, int]]) -> list[tuple[object, ...]]:
    """Level, people shown, remark of one period for (level, people, doubted)."""
    con = duckdb.connect()
    con.execute(
        "create table ref_setting as select 'public_least_count' as name, 5.0 as value"
    )
    con.execute(
        "create table out_public (is_applied boolean, period_no varchar, subject_key varchar, "
        "name varchar, school_name varchar, school_level varchar, amount_fen bigint, "
        "is_doubted boolean)"
    )
    for level, people, doubted in rows:
        for number in range(people + doubted):
            con.execute(
                "insert into out_public values (false, '2021-2022', ?, '甲', null, ?, 300000, ?)",
                [f"{level}{number}", level, number >= people],
            )
    found = con.execute(
        sheets.PUBLIC_SUMMARY.path.read_text(encoding="utf-8")
    ).fetchall()
    return [(row[2], row[3], row[5]) for row in found]


FEW = "人数过少，不单独公布"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ([("中职", 9, 0), ("高职", 5, 0)], [("中职", 9, None), ("高职", 5, None), ("合计", 14, None)]),
        # one small count alone would follow from the total: the next smallest hides too
        ([("中职", 9, 0), ("技工", 6, 0), ("高职", 4, 0)],
         [("中职", 9, None), ("技工", None, FEW), ("高职", None, FEW), ("合计", 19, None)]),
        ([("中职", 3, 0), ("高职", 4, 0)], [("中职", None, FEW), ("高职", None, FEW), ("合计", 7, None)]),
        ([("中职", 2, 0)], [("中职", None, FEW), ("合计", None, None)]),
        ([("中职", 8, 2)], [("中职", 8, None), ("合计", 8, "另有少数人正在核实，核实后补充公示")]),
        ([("中职", 8, 6)], [("中职", 8, None), ("合计", 8, "另有 6 人正在核实，核实后补充公示")]),
    ],
)  # fmt: skip
def test_small_counts_stay_unsaid(
    given: list[tuple[str, int, int]], shown: list[tuple[object, ...]]
) -> None:
    assert _summary(given) == shown


@pytest.mark.parametrize("title", ["证件号码", "家庭住址", "出生日期"])
def test_a_column_too_many_stops_the_publication(
    title: str, night: Night, tmp_path: Path
) -> None:
    folder = tmp_path / "night"
    shutil.copytree(night[0], folder)
    book = openpyxl.load_workbook(folder / NOTICE)
    book["公示名单"].cell(4, 7, title)
    book.save(folder / NOTICE)
    found = [*audit_books.books(folder, night[1], audit_books.all_rows(night[1]))]
    assert f"{NOTICE} 公示名单：公示不得有“{title}”一栏" in found
