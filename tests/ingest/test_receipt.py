"""The receipt: what arrived, what it was taken for, what was noticed, what to do."""

from __future__ import annotations

import io
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.issues import ISSUES
from tests.ingest.sheets import (
    REGISTER,
    ROSTER,
    fetch,
    night,
    pid,
    register_row,
    roster_row,
    text,
    xlsx,
)
from tests.ingest.test_drift import publish, renamed

LINES = "select outcome, file, taken_for, accepted, held, stated, noticed, todo from ing_receipt"


def out_of_sight() -> bytes:
    """A roster with hidden rows and columns, a filter, a formula and a hidden sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (ROSTER, *(roster_row(n) for n in range(21, 31))):
        sheet.append(list(row))
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    sheet.auto_filter.ref = "A1:G11"
    sheet.auto_filter.add_filter_column(0, ["砚城镇"])
    other = book.create_sheet("旧表")
    other.sheet_state = "hidden"
    for row in (ROSTER, roster_row(40)):
        other.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    bad = {f"坏/坏{n:03d}.xlsx": b"PK\x03\x04" + bytes([n]) * 300 for n in range(30)}
    good = xlsx([ROSTER, *(roster_row(n) for n in range(1, 9))])
    return night(
        tmp_path_factory.mktemp("folder"),
        bad
        | {
            "名册-共9人.xlsx": good,
            "另存/名册.xlsx": good,
            "名册（改名）.xlsx": xlsx(
                [renamed(ROSTER, 身份证号="人员编码"), *map(roster_row, range(10, 16))]
            ),
            "暗处.xlsx": out_of_sight(),
            "张三142230200503120011.pdf": b"%PDF-1.7",
            "人员.csv": text(
                [["导出时间：2022-12-18"], REGISTER, register_row(1), ["合计1人"]]
            ),
        },
    )


def test_what_needs_doing_stands_first_and_bad_files_stand_together(folder):
    shown = fetch(folder, f"{LINES} order by receipt_no")
    assert [row[:6] for row in shown] == [
        ("没有读", "坏000.xlsx、坏001.xlsx、坏002.xlsx 等共 30 个", "", None, None, ""),
        ("没有读", "张三142230….pdf", "", None, None, ""),
        ("整表搁置", "名册（改名）.xlsx", "雨露计划资助名册", 0, 6, ""),
        ("重复，没有再读", "名册-共9人.xlsx", "", None, None, ""),
        ("已读", "人员.csv", "监测系统人员", 1, 0, "1，一致"),
        ("已读", "另存/名册.xlsx", "雨露计划资助名册", 8, 0, ""),
        ("已读", "暗处.xlsx", "雨露计划资助名册", 10, 0, ""),
        ("已读", "暗处.xlsx", "雨露计划资助名册", 1, 0, ""),
    ]


@pytest.mark.parametrize(
    ("file", "noticed"),
    [
        ("暗处.xlsx", "隐藏行 1（已读）；隐藏列 1（已读）；开着筛选（全部行都已读）"),
        ("名册-共9人.xlsx", "与另一文件内容完全相同：另存/名册.xlsx"),
        (
            "名册（改名）.xlsx",
            "缺少必需列：缺“身份证号”，“人员编码”（D1）可能就是：前6个值中6个是18位证件号码",
        ),
    ],
)
def test_what_was_noticed(folder, file: str, noticed: str):
    found = folder.execute(
        "select noticed from ing_receipt where file = ? order by receipt_no", [file]
    )
    assert found.fetchall()[0] == (noticed,)


def test_a_hidden_sheet_is_said_to_be_one(folder):
    assert fetch(
        folder, "select sheet, noticed from ing_receipt where sheet = '旧表'"
    ) == [("旧表", "隐藏的工作表")]


def test_no_value_of_a_cell_and_no_number_of_a_file_name(folder):
    told = "\n".join(str(row) for row in fetch(folder, "select * from ing_receipt"))
    assert "142230200503120011" not in told
    assert str(roster_row(3)[2]) not in told


def extent(day: str, rows: dict[str, int], **changes: object) -> bytes:
    body = [
        register_row(serial, 乡=town, **changes)
        for at, (town, count) in enumerate(rows.items())
        for serial in range(100 * at + 1, 100 * at + 1 + count)
    ]
    return xlsx([[f"导出时间：{day}"], REGISTER, *body])


SCOPE = """
    select issue_code, text_zh from ing_issue
    where issue_code in ('ING_SCOPE', 'ING_SHRINK', 'ING_STALE') order by all
"""


def test_townships_lost_and_shrunken_since_the_last_night(tmp_path: Path):
    towns = {"砚城镇": 20, "三岔镇": 30, "前所乡": 12}
    before = night(tmp_path, {"人员.xlsx": extent("2022-12-01", towns)})
    assert fetch(before, SCOPE) == []
    publish(before, tmp_path / "out", "2022-12-01")
    before.close()
    con = night(
        tmp_path, {"人员.xlsx": extent("2022-12-18", {"砚城镇": 20, "三岔镇": 11})}
    )
    assert fetch(con, SCOPE) == [
        ("ING_SCOPE", "数据范围不符：上次有而这次没有的乡镇：前所乡（12 行）"),
        ("ING_SHRINK", "数量异常变化：三岔镇 30→11 行"),
    ]


def test_rows_of_another_county_and_exports_of_different_times(tmp_path: Path):
    foreign = {"砚城镇": 9, "三岔镇": 9, "东关街道": 2}
    con = night(
        tmp_path,
        {
            "人员.xlsx": extent("2022-12-18", foreign),
            "旧名册.xlsx": xlsx([["导出时间：2022-03-01"], ROSTER, roster_row(1)]),
        },
    )
    assert fetch(con, SCOPE) == [
        ("ING_SCOPE", "数据范围不符：有 2 行不在本县（东关街道 2 行）"),
        (
            "ING_STALE",
            "数据时点过旧：监测系统数据 2022-12-18，雨露名册 2022-03-01，两边相差 292 天",
        ),
    ]


SCHOOLS = ("姓名", "身份证号", "学籍号", "学校名称", "学籍状态", "学年")


def test_a_snapshot_older_than_it_may_be_but_not_that_of_a_past_year(tmp_path: Path):
    school = ["张三", pid(1), "G" + pid(1), "某校", "在籍在读", "2020-2021学年"]
    con = night(
        tmp_path,
        {
            "学籍.xlsx": xlsx([["导出时间：2021-04-20"], SCHOOLS, school]),
            "人员.xlsx": extent("2022-06-01", {"砚城镇": 3}),
            "名册.xlsx": xlsx([["导出时间：2022-09-01"], ROSTER, roster_row(1)]),
        },
    )
    assert fetch(con, SCOPE) == [
        ("ING_STALE", "数据时点过旧：数据日期 2022-06-01，距 2022-09-01 已 92 天")
    ]


DOMAIN = (
    "NO_HEADER ENCRYPTED TYPE_MISMATCH MISSING_COL DUP_HEADER TOTAL_MISMATCH STALE SCOPE "
    "DUP_ROWS ENCODING SHRINK"
)


def test_every_issue_says_what_to_do_and_the_fields_are_all_there():
    assert {f"ING_{name}" for name in DOMAIN.split()} <= set(ISSUES)
    for issue in ISSUES.values():
        assert issue.effect in ("stop", "hold", "note")
        assert issue.title
        assert issue.advice.endswith("。")
        assert issue.severity in ("I", "C")
        assert issue.owner in ("operator", "township", "village")
