"""Headings that are unknown, moved, swapped or doubled: verdicts, cures, refusals."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from pipelines.errors import UsageError
from pipelines.ingest.accepted import with_accepted
from schemas.kinds import Cell
from schemas.sources import SPECS
from tests.ingest.sheets import (
    REGISTER,
    ROSTER,
    fetch,
    night,
    pid,
    register_row,
    roster_row,
    xlsx,
)

HEADED = ("乡镇", "行政村", "户主姓名", "户主身份证号", "学生姓名", "身份证号", "就读学校",
          "学年", "补助金额")  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈"


def headed_row(serial: int, **changes: Cell) -> list[Cell]:
    surname = SURNAMES[serial % 10]
    row = dict(zip(HEADED, (
        "砚城镇", "城内村", f"{surname}大{chr(0x4E10 + serial)}",
        pid(serial, "19700101").replace("142230", "142299", 1),
        f"{surname}小{chr(0x5E10 + serial)}", pid(serial), "忻州职业技术学院",
        "2021-2022学年", 3000,
    ), strict=True))  # fmt: skip
    return list((row | changes).values())


Made = Callable[[int], bytes]


def roster(heading, row=roster_row, rows: int = 12) -> Made:
    """A roster of so many people, the first of a given number."""
    return lambda first: xlsx(
        [list(heading), *(row(n) for n in range(first, first + rows))]
    )


def renamed(heading, **names: str) -> list[str]:
    return [names.get(title, title) for title in heading]


def swapped(heading, one: str, two: str) -> list[str]:
    return renamed(heading, **{one: two, two: one})


def seen(con: duckdb.DuckDBPyConnection, file: str = "a.xlsx") -> tuple[object, ...]:
    """How the one sheet was taken: why it is held, its rows, the codes said of it."""
    asked = "where file = $file"
    hold = con.execute(f"select hold_code from ing_sheet {asked}", {"file": file})
    ((code,),) = hold.fetchall()
    rows = con.execute(
        f"select disposition, count(*) from ing_ledger {asked} "
        "and disposition not in ('heading', 'note') group by 1 order by 1",
        {"file": file},
    ).fetchall()
    codes = con.execute(
        f"select distinct issue_code from ing_issue {asked} order by 1", {"file": file}
    ).fetchall()
    return code, dict(rows), [said for (said,) in codes]


REGISTER_DAY = [["导出时间：2022-12-18"]]


def register(heading, row=register_row, rows: int = 12, **changes: Cell) -> Made:
    return lambda first: xlsx([
        *REGISTER_DAY, list(heading),
        *(row(n, **changes) for n in range(first, first + rows)),
    ])  # fmt: skip


CASES = {
    # a required column under a new name
    "id unknown": (
        roster(renamed(ROSTER, 身份证号="学生证件")),
        ("ING_MISSING_COL", {"held": 12}, ["ING_MISSING_COL"]),
    ),
    "name unknown": (
        roster(renamed(ROSTER, 学生姓名="学生名字")),
        ("ING_MISSING_COL", {"held": 12}, ["ING_MISSING_COL"]),
    ),
    # money under a name that resembles it
    "money nearly": (
        roster(renamed(ROSTER, 补助金额="补助金额数")),
        ("ING_RENAMED_COL", {"held": 12}, ["ING_RENAMED_COL"]),
    ),
    # something more, or something gone, is no drift
    "additional": (
        roster([*ROSTER, "家访情况"], lambda n: [*roster_row(n), "已访"]),
        (None, {"accepted": 12}, []),
    ),
    "money gone": (
        roster(ROSTER[:6], lambda n: roster_row(n)[:6]),
        (None, {"accepted": 12}, []),
    ),
    # a known name over something else
    "name and number swapped": (
        roster(swapped(ROSTER, "学生姓名", "身份证号")),
        ("ING_MOVED_COL", {"held": 12}, ["ING_BAD_NAME", "ING_MOVED_COL"]),
    ),
    "three rows swapped": (
        roster(swapped(ROSTER, "学生姓名", "身份证号"), rows=3),
        ("ING_MOVED_COL", {"held": 3}, ["ING_BAD_NAME", "ING_MOVED_COL"]),
    ),
    "swapped, some not funded": (
        roster(
            [*swapped(ROSTER, "学生姓名", "身份证号"), "是否享受雨露计划补助"],
            lambda n: [*roster_row(n), "是否"[n % 2]],
        ),
        ("ING_MOVED_COL", {"held": 12}, ["ING_BAD_NAME", "ING_MOVED_COL"]),
    ),
    "school and money swapped": (
        roster(swapped(ROSTER, "就读学校", "补助金额")),
        ("ING_MOVED_COL", {"held": 12}, ["ING_BAD_AMOUNT", "ING_MOVED_COL"]),
    ),
    "dates for money": (
        roster(ROSTER, lambda n: roster_row(n, 补助金额="2021年9月1日")),
        ("ING_MOVED_COL", {"held": 12},
         ["ING_BAD_AMOUNT", "ING_MOVED_COL"]),
    ),
    "dates for money, twice": (
        roster(ROSTER, lambda n: roster_row(n, 补助金额="2021年9月1日"), rows=2),
        (None, {"accepted": 2}, ["ING_BAD_AMOUNT", "ING_ODD_COL"]),
    ),
    "one column to the left": (
        register(REGISTER, 户类型="中职一年级", 在校生状况="是"),
        ("ING_MOVED_COL", {"held": 12}, ["ING_MOVED_COL", "ING_UNKNOWN_CODE"]),
    ),
    "heads older than nobody": (
        roster(swapped(HEADED, "户主身份证号", "身份证号"), headed_row),
        ("ING_MOVED_COL", {"held": 12}, ["ING_MOVED_COL"]),
    ),
    "townships and villages swapped": (
        roster(swapped(ROSTER, "乡镇", "行政村")),
        ("ING_MOVED_COL", {"held": 12}, ["ING_MOVED_COL", "ING_SCOPE"]),
    ),
    "the heads' numbers": (
        roster(HEADED, lambda n: headed_row(n, 身份证号=headed_row(n)[3], 户主身份证号="")),
        ("ING_MOVED_COL", {"held": 12}, ["ING_MOVED_COL"]),
    ),
    # what looks odd and is right
    "numbers to come": (
        roster(ROSTER, lambda n: roster_row(n, 身份证号=pid(n) if n % 4 == 0 else "待补")),
        (None, {"accepted": 12}, []),
    ),
    "numbers cut by Excel": (
        roster(ROSTER, lambda n: roster_row(n, 身份证号=float(pid(n)[:17] + "0"))),
        (None, {"accepted": 12}, ["ING_NUMERIC_ID"]),
    ),
    "two thousand yuan": (
        roster(ROSTER, lambda n: roster_row(n, 补助金额=2000)),
        (None, {"accepted": 12}, []),
    ),
    "a new word for every household": (
        register(REGISTER, 户类型="帮扶对象户"),
        (None, {"accepted": 12}, ["ING_UNKNOWN_CODE"]),
    ),
    # two columns of one name
    "two numbers": (
        roster(renamed(HEADED, 户主身份证号="身份证号"), headed_row),
        ("ING_TWIN_COL", {"held": 12}, ["ING_DUP_HEADER", "ING_MOVED_COL", "ING_TWIN_COL"]),
    ),
    "the same number twice": (
        roster([*ROSTER, "身份证号"], lambda n: [*roster_row(n), pid(n)]),
        (None, {"accepted": 12}, ["ING_DUP_HEADER"]),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def all_cases(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """Each case a file of the same night, with people of its own."""
    files = {
        f"{number}.xlsx": made(20 * number + 1)
        for number, (made, _) in enumerate(CASES.values())
    }
    return night(tmp_path_factory.mktemp("cases"), files)


@pytest.mark.parametrize("case", CASES)
def test_verdicts(all_cases: duckdb.DuckDBPyConnection, case: str):
    assert seen(all_cases, f"{list(CASES).index(case)}.xlsx") == CASES[case][1]


EVIDENCE = (
    "缺少必需列：缺“身份证号”，“学生证件”（D1）可能就是："
    "标题与“身份证号”的写法相近，前12个值中12个是18位证件号码"
)
ADVICE = "该表暂不采用；请补上该列后重新导出。如认可，在 headings.toml 末尾加一行："
LINE = '"雨露计划资助名册"."学生证件" = "身份证号"'


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("联系人姓名", "联系人姓名"), ("学生姓名（与身份证一致）", "学生姓名（与身份证一致）"),
        ("受助人", "受助人"),
        ("学生性名", "学生性名"),  # which is written nearly as 学生性别
    ],
)  # fmt: skip
def test_names_under_an_unknown_heading_are_cured_by_a_line(
    tmp_path: Path, heading: str, said: str
):
    files = {"a.xlsx": roster(renamed(ROSTER, 学生姓名=heading))(1)}
    con = night(tmp_path / "1", files)
    line = f'"雨露计划资助名册"."{said}" = "学生姓名"'
    assert fetch(con, "select line from ing_accept") == [(line,)]
    cured = night(tmp_path / "2", files, headings=line)
    assert seen(cured) == (None, {"accepted": 12}, [])


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ([["甲", "SFZH"], *([f"张{n}", pid(n)] for n in range(3))],
         "B列从第2行起是证件号码，上面的标题“SFZH”没有登记"),
        ([[f"张{n}", pid(n)] for n in range(3)],
         "没有标题行，从第1行起就是数据（B列是证件号码）"),
    ],
)  # fmt: skip
def test_a_sheet_without_any_known_heading_tells_where_numbers_stand(
    tmp_path: Path, rows, why: str
):
    con = night(tmp_path, {"a.xlsx": xlsx(rows)})
    ((said,),) = fetch(con, "select text_zh from ing_issue")
    assert said.endswith(why)


def test_an_unknown_number_is_named_with_its_evidence_and_cured_by_the_line(
    tmp_path: Path,
):
    files = {"a.xlsx": roster(renamed(ROSTER, 身份证号="学生证件"))(1)}
    con = night(tmp_path / "1", files)
    texts = fetch(con, "select cell, text_zh, advice_zh from ing_issue "
                  "where cell is not null")  # fmt: skip
    assert texts == [
        (
            "D1",
            EVIDENCE,
            ADVICE + LINE,
        )
    ]
    assert fetch(con, "select line, cell from ing_accept") == [(LINE, "D1")]
    cured = night(tmp_path / "2", files, headings=LINE)
    assert seen(cured) == (None, {"accepted": 12}, [])
    assert fetch(cured, "select count(id_number_pid) from stg_yulu_roster") == [(12,)]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"名册"."甲" = "身份证号"', "没有“名册”这种表"),
        ('"雨露计划资助名册"."甲" = "身份号"', "没有“身份号”这一栏"),
        (f"{LINE}\n{LINE}", "第 2 行与前面的行重复"),
        (f'{LINE}\nyulu_roster."学生 证件" = "学生姓名"', "已经是“身份证号”的写法"),
        ('yulu_roster."姓名" = "身份证号"', "已经是“学生姓名”的写法"),
        ('yulu_roster = "身份证号"', "缺少标题"),
        ('yulu_roster."甲" = 3', "写法不对"),
        ("学生证件 = 身份证号", "第 1 行写法不对"),
    ],
)
def test_a_wrong_line_is_refused_in_words(tmp_path: Path, line: str, said: str):
    file = tmp_path / "headings.toml"
    file.write_text(line, encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        with_accepted(SPECS, file)


def test_a_heading_said_to_be_of_no_use_is_not_mentioned_again(tmp_path: Path):
    files = {"a.xlsx": roster(renamed(ROSTER, 就读学校="就读学较"))(1)}
    line = '"雨露计划资助名册"."就读学较" = "不用"'
    con = night(tmp_path, files, headings=line)
    assert "ING_UNKNOWN_HEADER" not in seen(con)[2]


def publish(con: duckdb.DuckDBPyConnection, out: Path, day: str) -> None:
    """What a night leaves for the next one, as publishing would."""
    folder = out / day / "tables"
    folder.mkdir(parents=True)
    outputs = {}
    for name in ("mem_mark", "mem_extent"):
        path = folder / f"{name}.parquet"
        con.sql(f"select * from {name}").write_parquet(str(path))
        outputs[f"tables/{name}.parquet"] = hashlib.sha256(
            path.read_bytes()
        ).hexdigest()
    run = {"as_of": day, "outcome": "published", "outputs": outputs}
    (out / day / "run.json").write_text(json.dumps(run), encoding="utf-8")


DAY = xlsx([*REGISTER_DAY, REGISTER, register_row(99)])


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        (HEADED, (None, "accepted")),
        (swapped(HEADED, "户主姓名", "学生姓名"), ("ING_MOVED_COL", "held")),
        # its own name is strange, but the people are those of the last export
        (renamed(HEADED, 户主姓名="家中主事"), ("ING_RENAMED_COL", "held")),
    ],
)
def test_the_last_export_tells_heads_from_students(tmp_path: Path, heading, expected):
    before = night(
        tmp_path, {"名册.xlsx": roster(HEADED, headed_row)(1), "人员.xlsx": DAY}
    )
    publish(before, tmp_path / "out", "2022-12-17")
    before.close()
    con = night(tmp_path, {"名册.xlsx": roster(heading, headed_row)(1)})
    assert fetch(
        con, "select distinct sheet.hold_code, ledger.disposition from ing_sheet as sheet "
        "inner join ing_ledger as ledger using (file) where sheet.file = '名册.xlsx' "
        "and ledger.disposition <> 'heading'"
    ) == [expected]  # fmt: skip


def family(serial: int, **changes: Cell) -> list[Cell]:
    """A child of a head who has three of them in the table."""
    head = headed_row(serial - serial % 3)
    child = dict(zip(HEADED, headed_row(serial), strict=True))
    return list(
        (child | dict(zip(HEADED[2:4], head[2:4], strict=True)) | changes).values()
    )


MEMBERS = (*REGISTER, "户主姓名")


def member(serial: int) -> list[Cell]:
    """A row of the register, of the heads and of their children."""
    own = headed_row(serial)
    name, number = (own[4], own[5]) if serial % 2 else (own[2], own[3])
    return [
        *register_row(serial, 姓名=name, 证件号码=number, 户编号=f"1409{serial // 3}"),
        headed_row(serial - serial % 3)[2],
    ]


TAKEN = (None, "accepted")
FIRST_NIGHTS = {
    # three of one household: one head, not one name
    "one household": ({"a": roster(HEADED, family, 9)}, TAKEN),
    "one household's heads": (
        {"a": roster(swapped(HEADED, "户主姓名", "学生姓名"), family, 9)}, ("ING_MOVED_COL", "held"),
    ),
    # nobody knows
    "no two of a household": ({"a": roster(swapped(HEADED, "户主姓名", "学生姓名"), headed_row)}, TAKEN),
    # the register knows the people by their numbers
    "the register": (
        {"a": roster(HEADED, headed_row), "人员": register(MEMBERS, member)}, TAKEN,
    ),
    "the register knows better": (
        {"a": roster(swapped(HEADED, "户主姓名", "学生姓名"), headed_row), "人员": register(MEMBERS, member)},
        ("ING_MOVED_COL", "held"),
    ),
    "the register is wrong": (
        {"a": roster(HEADED, headed_row), "人员": register(swapped(MEMBERS, "户主姓名", "姓名"), member)},
        TAKEN,
    ),
    "over before begun": (
        {"a": roster([*ROSTER, "毕业时间", "入学时间"], lambda n: [*roster_row(n), "2020-09-01", "2023-07-01"])},
        ("ING_MOVED_COL", "held"),
    ),
    "over in the end": (
        {"a": roster([*ROSTER, "入学时间", "毕业时间"], lambda n: [*roster_row(n), "2020-09-01", "2023-07-01"])},
        TAKEN,
    ),
}  # fmt: skip


WRONG = {case: "a.xlsx" for case, (_, told) in FIRST_NIGHTS.items() if told != TAKEN}
WRONG["the register is wrong"] = "人员.xlsx"


@pytest.mark.parametrize("case", FIRST_NIGHTS)
def test_headings_exchanged_on_the_first_night(tmp_path: Path, case: str):
    made, expected = FIRST_NIGHTS[case]
    con = night(tmp_path, {f"{name}.xlsx": make(1) for name, make in made.items()})
    assert fetch(
        con, "select distinct sheet.hold_code, ledger.disposition from ing_sheet as sheet "
        "inner join ing_ledger as ledger using (file) where sheet.file = 'a.xlsx' "
        "and ledger.disposition <> 'heading'"
    ) == [expected]  # fmt: skip
    held = fetch(con, "select file from ing_sheet where hold_code is not null")
    assert held == ([(WRONG.get(case),)] if case in WRONG else [])


def test_two_rows_swapped_are_proof_with_the_last_export_beside_them(tmp_path: Path):
    before = night(tmp_path, {"名册.xlsx": roster(HEADED, headed_row)(1)})
    publish(before, tmp_path / "out", "2022-12-17")
    before.close()
    wrong = swapped(HEADED, "户主姓名", "学生姓名")
    two, one, new = (
        [wrong, *(headed_row(n) for n in numbers)] for numbers in ((3, 4), (5,), (90,))
    )
    con = night(tmp_path, {"人员.xlsx": DAY, "名册.xlsx": xlsx(two, one, new)})
    # the second and the third have the headings of the first
    assert fetch(con, "select sheet_no, hold_code from ing_sheet "
                 "where file = '名册.xlsx' order by 1") == [
        (1, "ING_MOVED_COL"), (2, "ING_MOVED_COL"), (3, "ING_MOVED_COL"),
    ]  # fmt: skip


def test_what_the_night_remembers_outlasts_a_held_source(tmp_path: Path):
    before = night(
        tmp_path, {"名册.xlsx": roster(HEADED, headed_row)(1), "人员.xlsx": DAY}
    )
    marks = fetch(
        before, "select * from mem_mark where source = 'yulu_roster' order by all"
    )
    assert len(marks) > 40
    publish(before, tmp_path / "out", "2022-12-17")
    before.close()
    held = roster(swapped(HEADED, "户主姓名", "学生姓名"), headed_row)(1)
    con = night(tmp_path, {"名册.xlsx": held})
    kept = "select * from mem_mark where source = 'yulu_roster' order by all"
    assert fetch(con, kept) == marks
