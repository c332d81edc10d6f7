"""Layouts nobody has sent yet: read right, or held with a reason, never misread."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ingest.sheets import (
    REGISTER_FILE,
    ROSTER,
    fetch,
    night,
    pid,
    roster_row,
    seen,
    xlsx,
)

GONE = ["姓名", "证件号码", "减少原因", "减少时间"]
LEFT = ["王五", pid(9), "死亡", "2022-01-01"]
NAMES = ["姓名", "身份证号", "姓名", "身份证号", "就读学校", "学年", "补助金额"]
PAIR = ["李四", pid(7, "19750312"), "李小", pid(1), "忻州职院", "2021-2022学年", 3000]
ONE, TWO = roster_row(1), roster_row(2)


def wide(*cells: object) -> list[object]:
    return [*cells, *[""] * (len(ROSTER) - len(cells))]


@pytest.mark.parametrize("above", [6, 14, 19])
def test_a_heading_far_down_under_three_titles(tmp_path: Path, above: int):
    titles = [["五寨县农业农村局文件"], ["雨露计划资助名册"], ["附件1"]]
    rows = [*titles, *[[]] * (above - 3), ROSTER, ONE]
    read = seen(rows, tmp_path)
    assert read.report.heading_row_no == above + 1
    assert read.column("id_number_pid") == [pid(1)]


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (["说明：本表金额单位为元"], "note"),
        (["甲", "乙", "1", "2", "3", "4", "5"], "heading"),
        (["A", "B", "C", "D", "E", "F", "G"], "heading"),
        (["（1）", "（2）", "（3）", "（4）", "（5）", "（6）", "（7）"], "heading"),
        (["①", "②", "③", "④", "⑤", "⑥", "⑦"], "heading"),
        (["必填", "必填", "必填", "必填", "选填", "选填", "必填"], "note"),
        (wide("", "", "", "", "", "", "元"), "note"),
        (["例：砚城镇", "城内村", "张三", pid(5), "某校", "2021-2022", "3000"], "note"),
        (["示例", "城内村", "张三", "142230200501010000", "", "", ""], "note"),
    ],
)
def test_between_the_heading_and_the_first_person(tmp_path: Path, row, fate: str):
    assert seen([ROSTER, row, ONE], tmp_path).fates == ["heading", fate, "data"]


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        (["", "", "", "", "合计", "", 6000], "total"),
        (["总", "", "计", "", "", "", 6000], "total"),
        (["合", "计", "", "", "", "", 6000], "total"),
        (["本页小计", "", "2", "", "", "", 6000], "total"),
        (["全县总计", "", "2人", "", "", "", 6000], "total"),
        (["", "", "", "第1页 共3页"], "note"),
        (["- 3 -"], "note"),
        (["村支书：王五", "", "会计：李四"], "note"),
        (["2021-2022学年雨露计划名册"] * 7, "note"),
        (["雨露计划名册"] * 7, "note"),
        (["", "", "", "", "", "", 6000], "note"),
    ],
)
def test_rows_that_are_nobody(tmp_path: Path, row, fate: str):
    read = seen([ROSTER, ONE, row, TWO], tmp_path)
    assert read.fates == ["heading", "data", fate, "data"]


@pytest.mark.parametrize(
    ("cells", "hold"),
    [
        (wide("砚城镇", "城内村", "2", "", "", "", 6000), "ING_NO_PERSON"),
        (wide("砚城镇", "", "会计：李四", "", "某校"), "ING_NO_PERSON"),
        (wide("砚城镇", "", f"张三 {pid(3)}", "", "某校"), "ING_NO_PERSON"),
        (wide("砚城镇", "", pid(3), "张三", "某校"), "ING_NO_PERSON"),
        (wide("砚城镇", "", "张三、李四", "", "某校"), "ING_SEVERAL_PEOPLE"),
        (wide("砚城镇", "", "张三李四两人", "", "某校"), "ING_SEVERAL_PEOPLE"),
        (wide("砚城镇", "", "张三", f"{pid(3)}\n{pid(4)}"), "ING_SEVERAL_PEOPLE"),
        (wide("砚城镇", "", "张三等三人", pid(3)), "ING_SEVERAL_PEOPLE"),
    ],
)
def test_a_row_that_names_nobody_or_several_is_held(tmp_path: Path, cells, hold: str):
    assert seen([ROSTER, ONE, cells], tmp_path).column("hold_code") == ["", hold]


@pytest.mark.parametrize(
    ("rows", "fates"),
    [
        ([ROSTER, ONE, [], GONE, LEFT], "heading data blank held held"),
        ([ROSTER, ONE, GONE, LEFT, ROSTER, TWO], "heading data held held heading data"),
        ([ROSTER, ONE, ["乡镇", "人数", "金额"], ["砚城镇", 1, 3000]],
         "heading data held held"),
        ([ROSTER, ONE, ["银行回盘"], ["序号", "户名", "账号", "金额", "状态"],
          [1, "张三", "6212800000000000001", 3000, "成功"]],
         "heading data note held held"),
        ([["减少人员"], GONE, LEFT, [], ROSTER, ONE, TWO],
         "title held held blank heading data data"),
        ([["乡镇", "人数", "金额"], ["砚城镇", 1, 3000], [], ROSTER, ONE, TWO],
         "held held blank heading data data"),
    ],
)  # fmt: skip
def test_a_table_of_another_kind_on_the_sheet_is_held(tmp_path: Path, rows, fates: str):
    read = seen(rows, tmp_path)
    assert read.fates == fates.split()
    assert [code for code, _ in read.codes] == ["ING_SECOND_TABLE"]


@pytest.mark.parametrize("title", [[], [["任课教师"]]])
@pytest.mark.parametrize(
    "heading", [["班级", "人数", "老师"], ["学校", "班级", "班主任", "电话"]]
)
def test_a_table_nobody_declared_is_held(tmp_path: Path, title, heading):
    people = [roster_row(serial) for serial in (1, 2, 3)]
    other = ["一班", "30", "王老师", "13800000000"][: len(heading)]
    read = seen([ROSTER, *people, [], *title, heading, other], tmp_path)
    assert read.fates[-2:] == ["held", "held"]
    assert len(read.rows) == 3


def test_a_person_without_a_number_after_a_gap_stays_a_person(tmp_path: Path):
    people = [roster_row(serial) for serial in (1, 2, 3)]
    last = roster_row(4, 身份证号="", 补助金额="", 学年="")
    assert seen([ROSTER, *people, [], last], tmp_path).fates[-1] == "data"


def test_a_second_table_under_a_title_of_its_own_has_its_own_year(tmp_path: Path):
    headings = [h for h in ROSTER if h != "学年"]
    rows = [[*roster_row(serial)[:5], 3000] for serial in (1, 2)]
    read = seen(
        [["2020-2021学年名册"], headings, rows[0], [],
         ["2021-2022学年名册"], headings, rows[1]],
        tmp_path,
    )  # fmt: skip
    assert read.report.period_no == "2020-2021"  # that of rows that name none
    assert read.column("period_no") == ["", "2021-2022"]


def test_two_tables_side_by_side_are_held(tmp_path: Path):
    rows = [[*ROSTER, "", *ROSTER], [*ONE, "", *TWO], [*[""] * 8, *roster_row(3)]]
    read = seen(rows, tmp_path)
    assert read.column("hold_code") == ["ING_TWO_PEOPLE"] * 2


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        (NAMES, PAIR),
        (["户主", "身份证号", "学生姓名", *NAMES[3:]], PAIR),
        (["学生姓名", "身份证号", "户主", *NAMES[3:]], PAIR[2:4] + PAIR[:2] + PAIR[4:]),
    ],
)
def test_two_numbers_under_one_heading_are_nobodys(tmp_path: Path, heading, row):
    assert seen([heading, row], tmp_path).column("hold_code") == ["ING_TWO_PEOPLE"]


def test_two_headings_of_one_meaning_may_say_the_same(tmp_path: Path):
    heading = [*ROSTER, "证件号码"]
    rows = [[*ONE, f" {pid(1)}"], [*TWO, ""]]
    assert seen([heading, *rows], tmp_path).column("hold_code") == ["", ""]


@pytest.mark.parametrize("group", ["户主", "户主信息", "户主情况"])
@pytest.mark.parametrize("is_merged", [True, False])
def test_sub_headings_under_head_and_student(tmp_path: Path, group: str, is_merged):
    upper = [group, "", "学生", "", "", "", ""]
    merges = [((0, 0), (0, 1)), ((0, 2), (0, 6))] if is_merged else []
    read = seen([upper, NAMES, PAIR], tmp_path, merges=merges)
    (row,) = read.rows
    assert (row["name"], row["id_number_pid"]) == ("李小", pid(1))
    assert (row["head_name"], row["head_id_number_pid"]) == ("李四", PAIR[1])


@pytest.mark.parametrize("titles", [[], [["2021-2022学年名册"]]])
def test_a_transposed_sheet_is_refused_by_name(tmp_path: Path, titles):
    people = [roster_row(serial) for serial in range(1, 9)]
    rows = [
        *titles,
        *(
            [h, *cells]
            for h, cells in zip(ROSTER, zip(*people, strict=True), strict=True)
        ),
    ]
    con = night(tmp_path, {"a.xlsx": xlsx(rows), "b.xlsx": REGISTER_FILE})
    assert fetch(con, "select file, outcome, issue_code from ing_file order by 1") == [
        ("a.xlsx", "refused", "ING_TRANSPOSED"),
        ("b.xlsx", "read", None),
    ]


def test_a_sheet_that_explains_its_headings_is_not_transposed(tmp_path: Path):
    rows = [["字段名称", "填写说明"], *([heading, "必填"] for heading in ROSTER)]
    assert not seen(rows, tmp_path).report.is_transposed


def test_remarks_of_any_width_stay_with_their_person(tmp_path: Path):
    said = "该生家庭困难，以上情况属实，" * 300
    rows = [[*ROSTER, "备注"], [*ONE, said], [*TWO, "填表人：王五  审核人：赵六"]]
    read = seen(rows, tmp_path)
    assert read.fates == ["heading", "data", "data"]
    assert read.column("remark")[0] == said


def test_empty_columns_in_front(tmp_path: Path):
    read = seen([["", "", *ROSTER], ["", "", *ONE]], tmp_path)
    assert read.column("id_number_pid") == [pid(1)]
