"""Each source told from the others by its headings, and what its rows become."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.ingest.sheets import (
    REGISTER,
    ROSTER,
    fetch,
    night,
    pid,
    register_row,
    roster_row,
    seen,
    xlsx,
)

PLACE = ("砚城镇", "城内村")
JOBS = (
    "县", "乡", "行政村", "户编号", "姓名", "证件号码", "户类型", "监测对象类别", "是否已务工",
    "开始时间", "结束时间", "务工所在县", "务工月收入", "务工企业名称", "就业渠道", "其他信息",
)  # fmt: skip
SCHOOLS = (
    "姓名",
    "身份证号",
    "学籍号",
    "学校名称",
    "学制",
    "入学年月",
    "学籍状态",
    "学习形式",
)
GRADUATES = ("乡镇", "姓名", "身份证号", "毕业院校", "毕业时间", "毕业去向", "就业单位")
MODULE = (
    "乡", "村", "户编号", "人编号", "姓名", "证件号码", "学校名称", "学校性质", "学制", "入学年月",
    "是否享受雨露计划补助", "补助金额", "未享受原因",
)  # fmt: skip
TECHNICAL = (
    "劳动力姓名*", "身份证号码*", "技工院校名称*", "技工院校地址*", "所学专业", "入学日期*", "毕业日期",
    "学年制*", "是否苏陕协作", "享受助学金", "享受雨露计划补贴",
)  # fmt: skip
PLANNED = (
    "县", "乡", "行政村", "户编号", "姓名", "证件号码", "户类型", "监测对象类别", "是否计划务工",
    "计划务工所在县", "就业服务需求",
)  # fmt: skip
VILLAGES = ("县", "乡", "村", "是否出列", "总户数", "总人口数", "低保户数", "危房户数")
HOMES = (
    "县",
    "乡",
    "村",
    "户编号",
    "户主姓名",
    "户主证件号码",
    "户类型",
    "监测对象类别",
    "户联系电话",
)
ROSTERS = "select id_number_pid, period_no, period_no_term, amount_fen from stg_{} order by row_id"


def job(serial: int, start: str, end: str = "", other: str = "") -> list[object]:
    return ["五寨县", *PLACE, f"14092800{serial}", f"张{chr(0x4E00 + serial)}", pid(serial),
            "脱贫户", "", "是", start, end, "太原市", 3200, "某公司", "帮扶车间", other]  # fmt: skip


def school(serial: int, status: str, entry: str = "2021") -> list[object]:
    return [f"张{chr(0x4E00 + serial)}", pid(serial), f"G{pid(serial)}", "忻州职院", "3", entry,
            status, "全日制"]  # fmt: skip


def graduate(serial: int, destination: str, employer: str = "") -> list[object]:
    return ["砚城镇", f"张{chr(0x4E00 + serial)}", pid(serial), "忻州职院", "2022", destination,
            employer]  # fmt: skip


def module(serial: int, enjoyed: str, amount: object, why: str = "") -> list[object]:
    return [*PLACE, "1409280001", f"20{serial}", f"张{chr(0x4E00 + serial)}", pid(serial),
            "忻州职院", "公办", "3", "202109", enjoyed, amount, why]  # fmt: skip


def technical(serial: int, grant: object) -> list[object]:
    return [f"张{chr(0x4E00 + serial)}", pid(serial), "忻州市高级技工学校", "忻州市", "焊接技术", "2021",
            "", "3", "否", "", grant]  # fmt: skip


@pytest.mark.parametrize(
    ("head", "source"),
    [
        (REGISTER, "monitored_person"),
        (ROSTER, "yulu_roster"),
        (JOBS, "monitored_job"),
        (SCHOOLS, "school_register"),
        (GRADUATES, "graduate_destination"),
        (MODULE, "yulu_roster"),
        ((*MODULE, "是否毕业", "毕业去向", "就业单位"), "yulu_roster"),
        (TECHNICAL, "yulu_roster"),
        (("身份证", "姓名", "联系电话", "户籍地址", "人员类别", "学校名称*", "学制*", "学历*", "入学时间*",
          "农户类型*", "家长姓名*", "家长身份证号*", "与学生关系*"), "yulu_roster"),
        ((*ROSTER, "学习形式", "学校性质"), "yulu_roster"),
        ((*SCHOOLS, "户主姓名", "乡镇"), "school_register"),
        # a county's own list of people at work is not the register: held, for it lacks when
        (("序号", "乡镇", "村", "姓名", "身份证号", "户类型", "就业单位", "月收入"), "monitored_job"),
        (PLANNED, None),
        (VILLAGES, None),
        (HOMES, None),
    ],
)  # fmt: skip
def test_headings_tell_a_source_from_all_others(tmp_path: Path, head, source):
    row = [
        pid(1) if "证" in h and "类型" not in h else "张三" if "姓名" in h else "1"
        for h in head
    ]
    assert seen([["标题"], head, row], tmp_path).report.source == source


@pytest.mark.parametrize("head", [PLANNED, VILLAGES, HOMES])
def test_a_table_nobody_needs_is_named_and_passed_over(tmp_path: Path, head):
    con = night(tmp_path, {"a.xlsx": xlsx([["标题"], head, ["x"] * len(head)])})
    assert fetch(con, "select outcome, sources from ing_file") == [("read", [])]
    assert fetch(con, "select row_no, disposition from ing_ledger order by 1") == [
        (1, "note"), (2, "note"), (3, "note"),
    ]  # fmt: skip
    ((code, effect),) = fetch(con, "select issue_code, effect from ing_issue")
    assert (code, effect) == ("ING_NOT_NEEDED", "note")


def test_a_register_with_a_heading_spelled_anew_is_never_passed_over(tmp_path: Path):
    head = ["成员名称" if h == "姓名" else h for h in REGISTER] + [
        "户主姓名",
        "与户主关系",
    ]
    con = night(tmp_path, {"a.xlsx": xlsx([head, [*register_row(1), "李四", "之子"]])})
    assert fetch(con, "select sources from ing_file") == [(["monitored_person"],)]
    assert fetch(con, "select disposition from ing_ledger where row_no = 2") == [
        ("held",)
    ]


def test_jobs_open_and_ended_and_internships(tmp_path: Path):
    rows = [
        job(1, "2021年03月"),
        job(1, "2019年03月", "2020年12月"),
        job(2, "2022年07月", "", "顶岗实习"),
    ]
    con = night(tmp_path, {"a.xlsx": xlsx([["导出时间：2023-09-20"], JOBS, *rows])})
    assert fetch(con, "select started_on, ended_on, wage_fen, job_channel, is_internship, "
                 "is_current from stg_monitored_job order by row_id") == [
        (date(2021, 3, 1), None, 320_000, "帮扶车间", False, True),
        (date(2019, 3, 1), date(2020, 12, 31), 320_000, "帮扶车间", False, True),
        (date(2022, 7, 1), None, 320_000, "帮扶车间", True, True),
    ]  # fmt: skip


def test_a_register_list_is_of_its_term_and_the_newest_of_that_term_stands(
    tmp_path: Path,
):
    files = {
        "1.xlsx": xlsx([["2021-2022学年第一学期学籍比对结果"], ["导出时间：2021-11-20"], SCHOOLS,
                        school(1, "在籍在读"), school(2, "在籍在读")]),
        "2.xlsx": xlsx([["2021-2022学年第一学期学籍比对结果"], ["导出时间：2021-12-20"], SCHOOLS,
                        school(1, "休学")]),
        "3.xlsx": xlsx([["学籍比对结果"], ["导出时间：2022-04-20"], SCHOOLS, school(1, "已毕业")]),
    }  # fmt: skip
    con = night(tmp_path, files)
    assert fetch(con, "select id_number_pid, period_no, period_no_term, register_status, "
                 "register_status_group, entry_on, is_current from stg_school_register "
                 "order by row_id") == [
        (pid(1), "2021-2022", 1, "在籍在读", "studying", date(2021, 9, 1), False),
        (pid(2), "2021-2022", 1, "在籍在读", "studying", date(2021, 9, 1), True),
        (pid(1), "2021-2022", 1, "休学", "paused", date(2021, 9, 1), True),
        (pid(1), "2021-2022", 2, "毕业", "finished", date(2021, 9, 1), True),
    ]  # fmt: skip


def test_an_older_ledger_of_graduates_stands_for_whom_the_newer_lacks(tmp_path: Path):
    files = {
        "2022届.xlsx": xlsx([["导出时间：2022-09-20"], GRADUATES, graduate(1, "求职中"), graduate(2, "升学")]),
        "2023届.xlsx": xlsx([["导出时间：2023-09-20"], GRADUATES, graduate(1, "合同就业", "某公司")]),
    }  # fmt: skip
    con = night(tmp_path, files)
    assert fetch(con, "select id_number_pid, destination, destination_group, graduation_on "
                 "from stg_graduate_destination where is_current order by row_id") == [
        (pid(2), "升学", "study", date(2022, 7, 1)),
        (pid(1), "签劳动合同形式就业", "employer", date(2022, 7, 1)),
    ]  # fmt: skip


SPRING = [["2022年春季雨露计划+信息采集"], ["导出时间：2022-05-10"]]


def test_the_module_is_the_roster_where_the_county_keeps_none(tmp_path: Path):
    rows = [module(1, "是", 1500), module(2, "否", "", "未申报"), module(3, "", 1500)]
    con = night(tmp_path, {"a.xlsx": xlsx([*SPRING, MODULE, *rows])})
    assert fetch(con, ROSTERS.format("yulu_roster")) == [
        (pid(1), "2021-2022", 2, 150_000), (pid(3), "2021-2022", 2, 150_000),
    ]  # fmt: skip
    assert fetch(
        con, "select id_number_pid, not_enjoyed_reason from stg_yulu_module"
    ) == [(pid(2), "未申报")]
    assert fetch(con, "select row_no, source, disposition from ing_ledger where row_no > 3 "
                 "order by 1") == [
        (4, "yulu_roster", "accepted"), (5, "yulu_module", "accepted"),
        (6, "yulu_roster", "accepted"),
    ]  # fmt: skip


def test_one_funding_in_roster_and_module_is_one_row(tmp_path: Path):
    con = night(tmp_path, {
        "名册.xlsx": xlsx([ROSTER, roster_row(1)]),
        "模块.xlsx": xlsx([*SPRING, MODULE, module(1, "是", 1500), module(2, "是", 1500)]),
        "别的学年.xlsx": xlsx([["2023年春季雨露计划+信息采集"], MODULE, module(1, "是", 1500)]),
    })  # fmt: skip
    assert fetch(con, ROSTERS.format("yulu_roster")) == [
        (pid(1), "2022-2023", 2, 150_000), (pid(1), "2021-2022", None, 300_000),
    ]  # fmt: skip
    assert fetch(con, ROSTERS.format("yulu_module")) == [
        (pid(1), "2021-2022", 2, 150_000), (pid(2), "2021-2022", 2, 150_000),
    ]  # fmt: skip
    assert fetch(con, "select file, issue_code, text_zh from ing_issue") == [
        ("模块.xlsx", "ING_NOT_IN_ROSTER", "系统标注已享受、而县级名册中没有的人：1人")
    ]


def test_a_countys_roster_with_the_systems_numbers_stays_a_roster(tmp_path: Path):
    head = [*ROSTER, "人编号", "银行账号"]
    row = [*roster_row(1), "201", "6212801234567890123"]
    con = night(tmp_path, {
        "第一批.xlsx": xlsx([["第一批"], head, row]),
        "补发.xlsx": xlsx([["补发"], ROSTER, roster_row(2)]),
    })  # fmt: skip
    assert fetch(con, "select id_number_pid from stg_yulu_roster order by 1") == [
        (pid(1),), (pid(2),),
    ]  # fmt: skip


def test_of_two_exports_of_the_module_the_newer_counts(tmp_path: Path):
    older = [SPRING[0], ["导出时间：2022-04-10"]]
    con = night(tmp_path, {
        "1.xlsx": xlsx([*older, MODULE, module(1, "是", 1500), module(2, "是", 1500)]),
        "2.xlsx": xlsx([*SPRING, MODULE, module(1, "是", 1500)]),
    })  # fmt: skip
    assert fetch(con, "select file, id_number_pid from stg_yulu_roster order by 1, 2") == [
        ("1.xlsx", pid(2)), ("2.xlsx", pid(1)),
    ]  # fmt: skip


def test_technical_students_without_an_amount_are_not_funded(tmp_path: Path):
    rows = [technical(1, 3000), technical(2, 0), technical(3, ""), technical(4, "是")]
    con = night(
        tmp_path, {"a.xlsx": xlsx([["2021-2022学年技工院校学生"], TECHNICAL, *rows])}
    )
    assert fetch(con, "select id_number_pid, amount_fen, school_level, entry_on "
                 "from stg_yulu_roster order by row_id") == [
        (pid(1), 300_000, "技工", date(2021, 9, 1)), (pid(4), None, "技工", date(2021, 9, 1)),
    ]  # fmt: skip
    assert fetch(con, "select id_number_pid, enjoyed from stg_yulu_module order by row_id") == [
        (pid(2), False), (pid(3), False),
    ]  # fmt: skip


def test_a_rosters_empty_cells_say_nothing_about_funding_but_a_no_does(tmp_path: Path):
    rows = [[*roster_row(n, 补助金额=""), word] for n, word in ((1, ""), (2, "否"))]
    con = night(tmp_path, {"a.xlsx": xlsx([[*ROSTER, "是否享受"], *rows])})
    unpaid = ("2021-2022", None, None)
    assert fetch(con, ROSTERS.format("yulu_roster")) == [(pid(1), *unpaid)]
    assert fetch(con, ROSTERS.format("yulu_module")) == [(pid(2), *unpaid)]


def test_applicants_are_applied_for(tmp_path: Path):
    head = ["身份证", "姓名", "学校名称*", "学制*", "学历*", "入学时间*", "家长姓名*", "家长身份证号*",
            "与学生关系*"]  # fmt: skip
    row = [
        pid(1),
        "张三",
        "忻州职院",
        "三年",
        "大专",
        "2022年秋",
        "张大",
        pid(9, "20001201"),
        "之父",
    ]
    con = night(tmp_path, {"a.xlsx": xlsx([["2022-2023学年补助申请信息"], head, row])})
    assert fetch(con, "select is_applied, guardian_name, guardian_relation_group, relation, "
                 "entry_on from stg_yulu_roster") == [
        (True, "张大", "child", None, date(2022, 9, 1))
    ]  # fmt: skip


def test_two_terms_in_the_same_words_are_two_lists(tmp_path: Path):
    rows = [
        roster_row(1, 学年="", 补助金额=1500),
        roster_row(2, 学年="", 补助金额=1500),
    ]
    con = night(tmp_path, {
        "1.xlsx": xlsx([["2021-2022学年第一学期"], ROSTER, *rows]),
        "2.xlsx": xlsx([["2021-2022学年第二学期"], ROSTER, *rows]),
    })  # fmt: skip
    assert fetch(con, "select period_no_term, count(*) from stg_yulu_roster group by 1 "
                 "order by 1") == [(1, 2), (2, 2)]  # fmt: skip


def odd(serial: int) -> bool:
    return int(pid(serial)[16]) % 2 == 1


@pytest.mark.parametrize(
    ("men", "women", "sexes", "code"),
    [
        ("1", "2", True, None),
        (1.0, 2.0, True, None),
        ("2", "1", True, "ING_SEX_SWAPPED"),
        ("1", "1", False, "ING_SEX_UNSURE"),
    ],
)
def test_sex_as_a_figure_is_checked_against_the_numbers(
    tmp_path, men, women, sexes, code
):
    rows = [[*register_row(n), men if odd(n) else women] for n in range(1, 31)]
    con = night(
        tmp_path,
        {"a.xlsx": xlsx([["导出时间：2022-12-18"], [*REGISTER, "性别"], *rows])},
    )
    meant = [("男" if odd(n) else "女") if sexes else None for n in range(1, 31)]
    found = fetch(con, "select sex from stg_monitored_person order by row_id")
    assert [row[0] for row in found] == meant
    assert fetch(con, "select issue_code from ing_issue") == ([(code,)] if code else [])


def test_damaged_numbers_are_no_witnesses_of_what_a_figure_means(tmp_path: Path):
    """Their seventeenth digit is made up: they spoke for the opposite once."""
    rows = [[*register_row(n), "1" if odd(n) else "2"] for n in range(1, 31)]
    for row in rows[:25]:
        row[REGISTER.index("证件号码")] = float(pid(7)[:15] + "000")
    con = night(
        tmp_path,
        {"a.xlsx": xlsx([["导出时间：2022-12-18"], [*REGISTER, "性别"], *rows])},
    )
    found = fetch(con, "select sex from stg_monitored_person order by row_id")
    assert [row[0] for row in found] == ["男" if odd(n) else "女" for n in range(1, 31)]


def test_the_same_row_in_two_batches_is_no_copy(tmp_path: Path):
    con = night(tmp_path, {
        "第一批.xlsx": xlsx([["2021-2022学年资助名册（第一批）"], ROSTER, roster_row(1)]),
        "补发.xlsx": xlsx([["2021-2022学年资助名册（补发）"], ROSTER, roster_row(1), roster_row(2)]),
        "另存.xlsx": xlsx([["2021-2022学年资助名册（补发）"], ROSTER, roster_row(2)]),
    })  # fmt: skip
    assert fetch(con, "select file, count(*) from stg_yulu_roster group by 1 order by 1") == [
        ("第一批.xlsx", 1), ("补发.xlsx", 2),
    ]  # fmt: skip
