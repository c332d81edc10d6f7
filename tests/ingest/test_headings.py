"""Where a heading stands and what its cells are taken for."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.sheets import REGISTER, ROSTER, pid, register_row, roster_row, seen

TITLE = ["2022年度监测对象信息"]
NOTE = ["导出时间：2022-12-18 08:30"]


@pytest.mark.parametrize(
    ("above", "fates"),
    [
        ([], []),
        ([TITLE, NOTE], ["title", "note"]),
        ([TITLE, [], NOTE, ["填报单位：五寨县"]], ["title", "blank", "note", "note"]),
        ([TITLE] * 6, ["title"] * 6),
    ],
)
def test_heading_below_titles_and_notes(tmp_path: Path, above, fates):
    read = seen([*above, REGISTER, register_row(1)], tmp_path)
    assert read.report.source == "monitored_person"
    assert read.fates == [*fates, "heading", "data"]


TWO_ROWS = [
    ["序号", "乡镇", "行政村", "户主信息", "", "学生情况", "", "就读学校", "补助金额"],
    ["", "", "", "姓名", "身份证号", "姓名", "身份证号", "", ""],
]
STUDENT = [
    1,
    "砚城镇",
    "城内村",
    "李四",
    pid(9, "20011201"),
    "李明",
    pid(1),
    "忻州职院",
    3000,
]
MERGES = [
    *(((0, c), (1, c)) for c in (0, 1, 2, 7, 8)),
    ((0, 3), (0, 4)),
    ((0, 5), (0, 6)),
]


@pytest.mark.parametrize("merges", [MERGES, []], ids=["merged", "text file"])
def test_group_over_field(tmp_path: Path, merges):
    read = seen(
        [["2021-2022学年名册"], *TWO_ROWS, STUDENT], tmp_path,
        merges=[((a + 1, b), (c + 1, d)) for (a, b), (c, d) in merges],
    )  # fmt: skip
    assert read.fates == ["title", "heading", "heading", "data"]
    (row,) = read.rows
    assert (row["head_name"], row["name"]) == ("李四", "李明")
    assert (row["head_id_number"], row["id_number"]) == (pid(9, "20011201"), pid(1))


def test_a_guardians_name_is_never_taken_for_the_students(tmp_path: Path):
    groups = ["学校", "学校", "家长", "家长", "学生", "学生", "补助"]
    fields = ["就读学校", "专业", "姓名", "身份证号", "姓名", "身份证号", "补助金额"]
    row = ["忻州职院", "护理", "李四", pid(9, "20011201"), "李明", pid(1), 3000]
    read = seen([["2021-2022学年"], groups, fields, row], tmp_path)
    assert (read.rows[0]["name"], read.rows[0]["id_number"]) == ("李明", pid(1))
    assert read.rows[0]["guardian_name"] == "李四"


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("监测对象类别", "monitored_category"),
        ("检测对象类别", "monitored_category"),  # the known typo is an alias
        (" 监 测 对 象 类 别 *", "monitored_category"),
        ("监测对象类别（*）", "monitored_category"),
        ("监测\n对象类别", "monitored_category"),
    ],
)
def test_spellings_of_one_heading(tmp_path: Path, heading: str, column: str):
    rows = [[*REGISTER, heading], [*register_row(1), "边缘易致贫户"]]
    assert seen(rows, tmp_path).column(column) == ["边缘易致贫户"]


def test_unknown_heading_is_kept_and_its_neighbour_named(tmp_path: Path):
    read = seen([[*REGISTER, "监测对像类别", "自定义指标"], register_row(1)], tmp_path)
    assert [h[1:4] for h in read.lists.headings[-2:]] == [
        ("监测对像类别", None, "unknown"),
        ("自定义指标", None, "unknown"),
    ]
    assert [h.near for h in read.lists.headings[-2:]] == ["monitored_category", None]


def test_doubled_heading_takes_the_first_that_has_values(tmp_path: Path):
    head = [*REGISTER, "风险是否已消除", "风险是否已消除"]
    read = seen([head, [*register_row(1), "是", "否"]], tmp_path)
    assert read.column("is_risk_done") == ["true"]
    assert [h.fate for h in read.lists.headings[-2:]] == ["used", "duplicate"]
    assert read.codes == [("ING_DUP_HEADER", "I1")]
    read = seen([head, [*register_row(1), "", "否"]], tmp_path)
    assert read.column("is_risk_done") == ["false"]
    assert [h.fate for h in read.lists.headings[-2:]] == ["duplicate", "used"]


def test_the_household_phone_gives_way_to_the_members(tmp_path: Path):
    head = [*REGISTER, "户联系电话", "家庭成员联系电话"]
    read = seen([head, [*register_row(1), "13900000001", "13900000002"]], tmp_path)
    assert read.column("phone") == ["13900000002"]
    assert read.codes == []


def test_school_year_and_term_in_two_columns_are_one_period(tmp_path: Path):
    head = [*ROSTER, "学期"]
    read = seen([head, [*roster_row(1), "秋季学期"]], tmp_path)
    assert (read.rows[0]["period_no"], read.rows[0]["period_no_term"]) == (
        "2021-2022",
        "1",
    )


def test_missing_required_column_holds_every_row_and_is_named(tmp_path: Path):
    at = REGISTER.index("证件号码")
    rows = [[c for i, c in enumerate(row) if i != at] for row in
            (REGISTER, register_row(1), register_row(2))]  # fmt: skip
    read = seen(rows, tmp_path)
    assert read.column("hold_code") == ["ING_MISSING_COL"] * 2
    (issue,) = read.lists.issues
    assert (issue.code, issue.detail) == ("ING_MISSING_COL", "证件号码")


def test_a_sheet_of_explanations_is_notes(tmp_path: Path):
    read = seen([["填表说明"], [], ["1", "姓名按身份证填写"]], tmp_path)
    assert read.report.source is None
    assert read.fates == ["note", "blank", "note"]


def test_an_unknown_table_is_held_not_lost(tmp_path: Path):
    read = seen(
        [["姓名", "证件号码", "开始时间"], ["张三", pid(1), "2022年3月"]], tmp_path
    )
    assert read.report.source is None
    assert read.fates == ["note", "held"]
    assert "姓名" in read.report.nearest


def test_order_of_columns_does_not_matter(tmp_path: Path):
    rows = [tuple(reversed(row)) for row in (REGISTER, register_row(1))]
    assert seen(rows, tmp_path).column("id_number") == [pid(1)]


def test_our_own_workbook_is_recognised(tmp_path: Path):
    assert seen([["问题编号", "姓名", "情况"]], tmp_path).report.is_return
