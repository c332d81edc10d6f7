"""Each doubt has a file that raises it; all of them in one folder."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from pipelines.issues import ISSUES
from tests.ingest.sheets import (
    REGISTER,
    REGISTER_FILE,
    ROSTER,
    ROSTER_FILE,
    fetch,
    night,
    pid,
    register_row,
    roster_row,
    text,
    xlsx,
)
from tests.ingest.test_sources import VILLAGES


def with_amount(serial: int, value: str, kind: str) -> bytes:
    """A roster whose amount is a formula nobody has calculated (f), or an error (e)."""
    book = openpyxl.Workbook()
    for row in (ROSTER, roster_row(serial)):
        book.active.append(row)
    book.active["G2"], book.active["G2"].data_type = value, kind
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def roster(first: int, heading=ROSTER, above=(), rows: int = 2, **changes) -> bytes:
    body = [roster_row(n, **changes) for n in range(first, first + rows)]
    return xlsx([*above, list(heading), *body])


def with_columns(base, row, *extra: tuple[str, object]) -> bytes:
    """One row more wide than usual: (heading, value) at its end."""
    heading = [*base, *(title for title, _ in extra)]
    return xlsx([heading, [*row, *(value for _, value in extra)]])


MANY = [
    REGISTER,
    *(register_row(n % 900 + 1, 户编号=f"14{n:08d}") for n in range(5000)),
]
BOTH = ("姓名", "身份证号", "金额", "状态", "银行账号", "专业", "批次号")
FILES = {
    "ING_NO_HEADER": ("a.xlsx", xlsx([["工作安排"], ["周一", "开会"]])),
    "ING_TYPE_MISMATCH": ("b.csv", roster(1)),
    "ING_DUP_FILE": ("c2.xlsx", REGISTER_FILE),
    "ING_EMPTY": ("d.xlsx", xlsx([ROSTER])),
    "ING_MISSING_COL": ("e.xlsx", roster(10, ["序号" if t == "身份证号" else t for t in ROSTER])),
    "ING_DUP_HEADER": ("f.xlsx", with_columns(ROSTER, roster_row(13), ("就读学校", ""))),
    "ING_UNKNOWN_HEADER": ("g.xlsx", with_columns(ROSTER, roster_row(14), ("就读专页", "护理"))),
    "ING_CLOSE_CALL": ("h.xlsx", xlsx([BOTH, ["张三", pid(15), 3000, "成功", "62" * 8, "某校", 1]])),
    "ING_TOTAL_MISMATCH": ("i-共9人.xlsx", roster(20)),
    "ING_STALE": ("j.xlsx", xlsx([["导出时间：2022-01-01"], REGISTER, register_row(701, 乡="胡会乡")])),
    "ING_SCOPE": ("k.xlsx", roster(30, 乡镇="东关街道")),
    "ING_DUP_ROWS": ("l.xlsx", xlsx([["导出时间：2022-12-18"], REGISTER, register_row(1)])),
    "ING_EXPORT_LIMIT": ("m.csv", text(MANY)),
    "ING_UNDATED": ("m.csv", b""),
    "ING_PERIOD_FROM_NAME": ("n2020-2021学年.xlsx", xlsx([ROSTER[:5], roster_row(40)[:5]])),
    "ING_NO_PERSON": ("o.xlsx", roster(41, 学生姓名="", 身份证号="")),
    "ING_NO_PERIOD": ("p.xlsx", roster(42, rows=1, 学年="")),
    "ING_SEVERAL_PEOPLE": ("q.xlsx", roster(43, 学生姓名="张三等3人")),
    "ING_NUMERIC_ID": ("r.xlsx", roster(45, 身份证号=1.42230200503120e17)),
    "ING_BAD_NAME": ("s.xlsx", roster(47, 学生姓名=12)),
    "ING_ENCODING": ("t.xlsx", roster(49, 学生姓名="张\ue123")),
    "ING_BAD_AMOUNT": ("u.xlsx", roster(51, 补助金额="已发")),
    "ING_TEN_THOUSANDS": ("v.xlsx", roster(53, 补助金额=0.3)),
    "ING_BAD_PERIOD": ("w.xlsx", roster(55, 学年="去年")),
    "ING_BAD_NUMBER": ("x.xlsx", with_columns(ROSTER, roster_row(57), ("学制", "很久"))),
    "ING_BAD_DATE": ("y.xlsx", with_columns(ROSTER, roster_row(58), ("入学时间", "秋天"))),
    "ING_BAD_YES_NO": ("z.xlsx", with_columns(REGISTER, register_row(702), ("风险是否已消除", "看情况"))),
    "ING_TWIN_DIFFERS": ("za.xlsx", with_columns(REGISTER, register_row(703), ("风险是否已消除", "是"), ("风险是否已消除", "否"))),
    "ING_NO_VALUE": ("zb.xlsx", with_amount(60, "=1500*2", "f")),
    "ING_ERROR_CELL": ("zc.xlsx", with_amount(61, "#N/A", "e")),
    "ING_UNKNOWN_CODE": ("zd.xlsx", xlsx([REGISTER, register_row(704, 户类型="新写法户")])),
    "ING_BAD_VALUE": ("ze.xlsx", with_columns(ROSTER, roster_row(64), ("学制", 30))),
    "ING_UNSUPPORTED": ("zf.pdf", b"%PDF-1.7"),
    "ING_BROKEN": ("zg.xlsx", ROSTER_FILE[:2000]),
    "ING_RENAMED_COL": ("zh.xlsx", roster(70, ["补助金额数" if t == "补助金额" else t for t in ROSTER])),
    "ING_MOVED_COL": ("zi.xlsx", roster(80, rows=6, 学生姓名="忻州市第一中学")),
    "ING_ODD_COL": ("zj.xlsx", roster(90, 补助金额="2021年9月1日")),
    "ING_TWIN_COL": ("zk.xlsx", xlsx([[*ROSTER, "身份证号"], *([*roster_row(n), pid(n + 100)] for n in range(92, 96))])),
    "ING_NOT_NEEDED": ("zl.xlsx", xlsx([VILLAGES, ["x"] * len(VILLAGES)])),
}  # fmt: skip

# What no folder of files can raise: one still being written, a row that a model refuses.
NOT_BY_A_FILE = {"ING_GROWING", "ING_BAD_ROW"}


@pytest.fixture(scope="module")
def raised(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    files = {name: content for name, content in FILES.values() if content}
    con = night(tmp_path_factory.mktemp("issues"), files | {"c1.xlsx": REGISTER_FILE})
    return set(fetch(con, "select issue_code, file from ing_issue"))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", FILES)
def test_a_doubt_is_told_of_its_file(raised: set[tuple[str, str]], code: str):
    assert (code, FILES[code][0]) in raised


def test_every_doubt_has_its_file_here_or_in_another_test():
    others = "\n".join(
        path.read_text("utf-8")
        for path in sorted(Path(__file__).parents[1].rglob("*.py"))
        if path != Path(__file__)
    )
    missing = set(ISSUES) - set(FILES) - NOT_BY_A_FILE
    assert {code for code in missing if code not in others} == set()


def test_no_doubt_is_declared_and_never_raised():
    root = Path(__file__).parents[2]
    sources = "\n".join(
        path.read_text("utf-8")
        for folder in ("pipelines", "schemas")
        for path in sorted((root / folder).rglob("*"))
        if path.suffix in (".py", ".sql") and path.name != "issues.py"
    )
    assert [code for code in ISSUES if code not in sources] == []
