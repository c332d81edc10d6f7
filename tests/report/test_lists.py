"""③ and the employment list: what became of a graduate, and what changed since last time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

from pipelines.report.prepare import prepare
from tests.report.literal_night import insert, make_night

LAST, NOW = date(2023, 8, 20), date(2023, 9, 20)
ZHAO = "p3"  # the one whose programme ended in 2022


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    made = make_night()
    yield made
    made.close()


def job(
    con: duckdb.DuckDBPyConnection, row_id: int, snapshot_on: date, employer: str,
    ended_on: date | None = None, wage: int = 300000, started_on: date = date(2023, 3, 1),
) -> None:  # fmt: skip
    is_current = snapshot_on == NOW
    facts = {
        "row_id": row_id,
        "file": f"务工_{snapshot_on}.xlsx",
        "sheet": "Sheet1",
        "row_no": row_id,
    }
    insert(con, "raw_monitored_job", **facts)
    insert(con, "stg_monitored_job", **facts, snapshot_on=snapshot_on, is_current=is_current,
           employer=employer, started_on=started_on, ended_on=ended_on, wage_fen=wage,
           township_key="三岔")  # fmt: skip
    insert(con, "lnk_list", source="monitored_job", row_id=row_id, subject_key=ZHAO)
    if is_current:
        insert(con, "lnk_job", subject_key=ZHAO, row_id=row_id, employer=employer,
               started_on=started_on, ended_on=ended_on, wage_fen=wage,
               snapshot_on=snapshot_on, is_open=ended_on is None)  # fmt: skip


def destination(
    con: duckdb.DuckDBPyConnection, label: str, employer: str | None
) -> None:
    facts = {"row_id": 90, "file": "去向.xlsx", "sheet": "台账", "row_no": 4}
    insert(con, "raw_graduate_destination", **facts)
    insert(con, "stg_graduate_destination", **facts, snapshot_on=NOW, is_current=True)
    insert(con, "lnk_graduate", subject_key=ZHAO, row_id=90, destination=label,
           employer=employer, snapshot_on=NOW, source_zh="毕业去向台账（2023-09-20）")  # fmt: skip


def graduates(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    prepare(con)
    return con.execute(
        "select destination, employer, destination_basis from out_list_graduates "
        "where subject_key = 'p3'"
    ).fetchall()


def employment(con: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    prepare(con)
    return con.execute(
        "select employer, ended_on, change_since_last from out_list_employment "
        "order by employer, started_on"
    ).fetchall()


def test_without_any_word_a_graduate_is_to_be_asked_after(
    con: duckdb.DuckDBPyConnection,
) -> None:
    assert graduates(con) == [("待核实", None, None)]


def test_the_destination_list_comes_before_the_job_records(
    con: duckdb.DuckDBPyConnection,
) -> None:
    destination(con, "升学", None)
    job(con, 50, NOW, "某厂")
    assert graduates(con) == [("升学", "某厂", "毕业去向台账（2023-09-20）")]


def test_an_open_job_says_it_where_no_list_does(con: duckdb.DuckDBPyConnection) -> None:
    job(con, 50, NOW, "某厂")
    assert graduates(con) == [
        ("已务工（务工信息）", "某厂", "务工信息（2023-09-20导出）")
    ]


END = date(2023, 8, 31)


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        ([], [("甲厂", None, 300000)], [("甲厂", None, None)]),
        ([("甲厂", None, 300000)], [("甲厂", None, 300000)], [("甲厂", None, "无变化")]),
        ([("甲厂", None, 300000)], [("甲厂", END, 300000)], [("甲厂", END, "已结束")]),
        ([("甲厂", END, 300000)], [("甲厂", None, 300000)], [("甲厂", None, "重新开始")]),
        ([("甲厂", None, 300000)], [("甲厂", None, 350000)], [("甲厂", None, "收入有变化")]),
        ([("甲厂", None, 300000)], [("乙厂", None, 300000)], [("乙厂", None, "更换单位")]),
        ([("甲厂", END, 300000)], [("甲厂", END, 300000), ("乙厂", None, 300000)],
         [("乙厂", None, "新增"), ("甲厂", END, "无变化")]),
        ([("甲厂", None, 300000)], [], [("甲厂", None, "上期在岗，本期没有记录")]),
    ],
)  # fmt: skip
def test_what_changed_since_the_last_export(
    con: duckdb.DuckDBPyConnection,
    before: list[tuple[str, date | None, int]],
    now: list[tuple[str, date | None, int]],
    told: list[tuple[object, ...]],
) -> None:
    for number, (employer, ended_on, wage) in enumerate(before):
        job(con, 50 + number, LAST, employer, ended_on, wage)
    for number, (employer, ended_on, wage) in enumerate(now):
        job(con, 60 + number, NOW, employer, ended_on, wage)
    assert employment(con) == sorted(told, key=lambda row: str(row[0]))


def test_an_employer_that_only_the_list_names_is_employment_too(
    con: duckdb.DuckDBPyConnection,
) -> None:
    destination(con, "签劳动合同形式就业", "丙公司")
    assert employment(con) == [("丙公司", None, None)]


def test_every_line_of_every_list_says_where_it_comes_from(
    con: duckdb.DuckDBPyConnection,
) -> None:
    job(con, 50, NOW, "某厂")
    destination(con, "升学", None)
    prepare(con)
    for name in ("enrolled", "students", "graduates", "employment"):
        lines = con.execute(f"select origin from out_list_{name}").fetchall()
        assert lines
        assert all(line and line.count("!") >= 2 for (line,) in lines), name
