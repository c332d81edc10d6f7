"""What each row below a heading is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.sheets import REGISTER, ROSTER, pid, register_row, roster_row, seen

AT = {name: at for at, name in enumerate(ROSTER)}


def line(**cells: object) -> list[object]:
    """A row with only some cells filled, by heading."""
    return [cells.get(name, "") for name in ROSTER]


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (line(乡镇="合计", 补助金额=6000), "total"),
        (line(乡镇="合 计", 学生姓名="2人", 补助金额=6000), "total"),
        (line(行政村="小计", 补助金额=3000), "total"),
        (line(乡镇="砚城镇合计：", 补助金额=6000), "total"),
        (line(学生姓名="共2人"), "total"),
        (line(乡镇="填表人：王五", 就读学校="审核人：赵六"), "note"),
        (line(就读学校="负责人签字："), "note"),
        (line(乡镇="单位（盖章）", 补助金额="2022年9月20日"), "note"),
        (line(乡镇="以下为补发学生"), "note"),
        (line(乡镇="砚城镇"), "note"),
        (line(学生姓名="备注：以上学生均已公示无异议，现予上报备案存查"), "note"),
        (line(), "blank"),
        (line(乡镇="  ", 行政村="\u3000"), "blank"),
        (list(ROSTER), "heading"),
        (["乡镇", "行政村", "学生 姓名", "身份证号", "", "", ""], "heading"),
        (line(学生姓名="李合计", 身份证号=pid(3)), "data"),
        (line(学生姓名="李明"), "data"),
        (line(身份证号=pid(3)), "data"),
        (line(乡镇="砚城镇", 学生姓名="李明", 就读学校="第2页共3页截止"), "data"),
        (line(乡镇="砚城镇", 就读学校="忻州职院", 补助金额=3000), "data"),
    ],
)
def test_rows_between_students(tmp_path: Path, row, fate: str):
    read = seen([ROSTER, roster_row(1), row, roster_row(2)], tmp_path)
    assert read.fates == ["heading", "data", fate, "data"]


def test_column_numbers_under_a_printed_heading(tmp_path: Path):
    read = seen([ROSTER, [1, 2, 3, 4, 5, 6, 7], roster_row(1)], tmp_path)
    assert read.fates == ["heading", "heading", "data"]


def test_a_second_table_in_another_order_is_read_by_its_own_heading(tmp_path: Path):
    other = list(reversed(ROSTER))
    rows = [ROSTER, roster_row(1), [], other, list(reversed(roster_row(2)))]
    read = seen(rows, tmp_path)
    assert read.fates == ["heading", "data", "blank", "heading", "data"]
    assert read.column("id_number") == [pid(1), pid(2)]


@pytest.mark.parametrize(
    ("changes", "hold"),
    [
        ({"学生姓名": "张三等3人"}, "ING_SEVERAL_PEOPLE"),
        ({"学生姓名": "张三等三人", "身份证号": ""}, "ING_SEVERAL_PEOPLE"),
        ({"学生姓名": "", "身份证号": ""}, "ING_NO_PERSON"),
        ({"学生姓名": "无", "身份证号": "-"}, "ING_NO_PERSON"),
        ({"学生姓名": ""}, ""),
        ({"身份证号": ""}, ""),
        ({"补助金额": "待定"}, ""),
        ({"身份证号": 142230200503120016.0}, ""),
    ],
)
def test_held_only_when_nobody_can_be_named(tmp_path: Path, changes, hold: str):
    read = seen([ROSTER, roster_row(1, **changes)], tmp_path)
    assert read.column("hold_code") == [hold]


def test_merged_household_block_is_filled_down_but_makes_no_rows(tmp_path: Path):
    rows = [
        REGISTER,
        register_row(1),
        ["", "", "", "张乙", pid(2), "", "九年级"],
        ["", "", "", "张丙", pid(3), "", ""],
        ["", "", "", "", "", "", ""],
        ["胡会乡", "川口村", "140928000200", "李甲", pid(4), "一般农户", ""],
    ]
    merges = [((1, column), (4, column)) for column in (0, 1, 2, 5)]
    read = seen(rows, tmp_path, merges=merges)
    assert read.fates == ["heading", "data", "data", "data", "blank", "data"]
    assert read.column("village") == ["城内村"] * 3 + ["川口村"]
    assert read.column("household_type") == ["脱贫户"] * 3 + ["一般农户"]
    assert read.column("school_state")[2] == ""  # beside a block nothing is filled


def test_values_are_not_filled_down_without_a_merge(tmp_path: Path):
    rows = [REGISTER, register_row(1), register_row(2, 村="")]
    assert seen(rows, tmp_path).column("village") == ["城内村", ""]


@pytest.mark.parametrize(
    ("rows", "people", "fen"),
    [
        ([line(乡镇="合计", 学生姓名="2人", 补助金额=6000)], [2], 600000),
        ([line(乡镇="合计", 学生姓名=3, 补助金额="9,000.00元")], [3], 900000),
        ([line(乡镇="总计", 行政村="共12户608人")], [608], None),
        ([line(乡镇="合计", 补助金额=6000)], [], 600000),
        ([line(乡镇="小计", 学生姓名="1人", 补助金额=3000)], [], None),
    ],
)
def test_stated_totals(tmp_path: Path, rows, people, fen):
    read = seen([ROSTER, roster_row(1), roster_row(2), *rows], tmp_path)
    assert (read.report.stated_people, read.report.stated_fen) == (people, fen)


def test_a_total_on_each_page_adds_up(tmp_path: Path):
    total = line(乡镇="合计", 学生姓名="1人")
    read = seen([ROSTER, roster_row(1), total, roster_row(2), total], tmp_path)
    assert read.report.stated_people == [2]
