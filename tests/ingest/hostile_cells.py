"""Hostile grids, values and tables: what must be said of each, and how many rows stay."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping

import xlwt

from tests.ingest import writers
from tests.ingest.hostile_files import (
    CANARY,
    SHEET,
    Case,
    changed,
    parts,
    roster,
    with_rows,
)
from tests.ingest.parts import MAIN, book, row
from tests.ingest.sheets import ROSTER
from tests.ingest.writers import zipped

_NUMBERED = ("xlsx", "xls", "xlsb", "ods")
_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def texts(rows: list[list[object]], first: int = 1) -> list[str]:
    """Rows of inline texts, one below the other."""
    return [row(no, *map(str, cells)) for no, cells in enumerate(rows, start=first)]


def strict() -> bytes:
    """The ISO form, in which one library finds no sheet at all."""
    found = parts(writers.xlsx({"名册": roster()}))
    for name, body in found.items():
        for old, new in _STRICT.items():
            body = body.replace(old, new)
        found[name] = body
    return zipped(found)


def upper() -> bytes:
    found = parts(writers.xlsx({"名册": roster()}))
    return zipped({n.replace("xl/w", "XL/W"): body for n, body in found.items()})


def old(change: Callable[[xlwt.Worksheet], None]) -> bytes:
    out = io.BytesIO()
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("名册")
    for at, cells in enumerate(roster()):
        for column, cell in enumerate(cells):
            sheet.write(at, column, cell)
    change(sheet)
    workbook.save(out)
    return out.getvalue()


def more_grids() -> list[Case]:
    a, b, c = (texts(roster())[n] for n in range(3))
    second = "".join(texts(roster()))
    cell = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    corners = "".join(
        f'<row r="{n}">{cell.format(f"XFD{n}")}</row>' for n in range(900_000, 900_400)
    )
    million = "".join(
        f'<row r="{n}" s="1" customFormat="1"/>' for n in range(4, 1_048_577)
    )
    return [
        Case("行序颠倒.xlsx", book(a + c + b), "read", None, 2),
        Case("同一行写两次.xlsx", book(a + b + c + b), "refused", "ING_MISREAD"),
        Case("同一格写两次.xlsx", book(a + b + c.replace("</row>", cell.format("A3") + "</row>")), "refused", "ING_MISREAD"),
        Case("两张同名表.xlsx", book("".join(texts(roster())), second, names=("表", "表")), "read", None, 4),
        Case("同名表又写得怪.xlsx", book("".join(texts(roster())), "<!-- x -->" + second, names=("表", "表")), "refused", "ING_UNSAFE"),
        Case("严格格式.xlsx", strict(), "read", None, 2),
        Case("大写的部件名.xlsx", upper(), "read", None, 2),
        Case("百万空行.xlsx", with_rows(million), "read", None, 2),
        Case("远处四百格.xlsx", with_rows(corners), "read", None, 2),
        Case("零行零列.xlsx", with_rows('<row r="0"><c r="A0"><v>1</v></c></row>'), "refused", "ING_UNSAFE"),
        Case("文字包在CDATA里.xlsx", with_rows('<row r="9"><c r="A9" t="str"><v><![CDATA[x]]></v></c></row>'), "refused", "ING_MISREAD"),
        Case("带前缀.xlsx", with_rows(f'<y:row xmlns:y="{MAIN}" r="9"><y:c r="A9"><y:v>1</y:v></y:c></y:row>'), "read", None, 2),
        Case("没有行号.xlsx", changed(SHEET, (b' r="3"', b"")), "read", None, 2),
        Case("范围倒置.xls", old(lambda _: None).replace(b"\x00\x02\x0e\x00" + bytes(4) + b"\x03", b"\x00\x02\x0e\x00" + b"\x09" + bytes(3) + b"\x03"), "refused", "ING_BROKEN"),
        Case("远处一格.xls", old(lambda sheet: sheet.write(65_535, 255, "远")), "refused", "ING_TOO_LARGE"),
    ]  # fmt: skip


def with_cell(column: int, xml: str) -> bytes:
    """A workbook whose third row has this in that column (from 0)."""
    lines = texts(roster())
    letter = chr(65 + column)
    start = lines[2].index(f'<c r="{letter}3"')
    end = lines[2].index("</c>", start) + 4
    place = f'<c r="{letter}3"'
    return book("".join(lines[:2]) + lines[2][:start] + place + xml + lines[2][end:])


def values() -> list[Case]:
    def error(sheet: xlwt.Worksheet) -> None:
        sheet.row(3).set_cell_error(3, 0x2A)
        sheet.write(3, 2, CANARY)

    def numbered(form: str) -> bytes:
        late = roster(4)
        late[3] = [*late[3][:3], 142230200503120016.0, *late[3][4:]]
        return writers.WORKBOOKS[form]({"名册": late})  # type: ignore[dict-item]

    return [
        Case("错误值.xlsx", with_cell(6, ' t="e"><v>#REF!</v></c>'), "read", None, 2),
        Case("身份证是错误值.xls", old(error), "read", None, 2),
        Case("公式未计算.xlsx", with_cell(6, "><f>SUM(A1)</f></c>"), "read", None, 2),
        Case("公式结果为空.xlsx", with_cell(6, ' t="str"><f>""</f><v></v></c>'), "read", None, 2),
        *(
            Case(f"数字身份证.{form}", numbered(form), "read", None, 4)
            for form in _NUMBERED
        ),
        Case("控制字符.xlsx", with_cell(4, ' t="inlineStr"><is><t>忻州_x0007_学院\u202e</t></is></c>'), "read", None, 2),
        Case("很长的一格.xlsx", with_cell(4, f' t="inlineStr"><is><t>{"长" * 40_000}</t></is></c>'), "read", None, 2),
        Case("半个代理.xlsx", with_cell(4, ' t="inlineStr"><is><t>&#xD800;</t></is></c>'), "refused", "ING_BROKEN"),
        Case("金额是无穷.xlsx", with_cell(6, "><v>1e999</v></c>"), "read", None, 2),
        Case("共享文字越界.xlsx", with_cell(4, ' t="s"><v>999999</v></c>'), "refused", "ING_BROKEN"),
        Case("公式注入.xlsx", with_cell(4, " t=\"inlineStr\"><is><t>=cmd|' /C calc'!A0</t></is></c>"), "read", None, 2),
    ]  # fmt: skip


def tables() -> list[Case]:
    def csv(rows: list[list[object]]) -> bytes:
        return writers.TEXTS["csv"]({"": rows})  # type: ignore[dict-item]

    def sheet(rows: list[list[object]]) -> bytes:
        return writers.xlsx({"名册": rows})  # type: ignore[dict-item]

    doubled = [[*ROSTER, "学生姓名"], *([*cells, "另名"] for cells in roster()[1:])]
    low = [[f"说明{n}"] for n in range(6)] + roster()
    groups = [["学生信息", "", "", "", "", "补助", ""], *roster()]
    return [
        Case("标题在第七行.xlsx", sheet(low), "read", None, 2),
        Case("两行标题.xlsx", sheet(groups), "read", None, 2),
        Case("标题重复.xlsx", sheet(doubled), "read", None),
        Case("合计人数不符.xlsx", sheet([*roster(), ["合计", "", "共3人"]]), "read", None, 2),
        Case("合计金额不符.csv", csv([*roster(), ["合计", "", "", "", "", "", 9000]]), "read", None, 2),
        Case("名册-共9人.csv", csv(roster()), "read", None, 2),
        Case("仅导出前二条.csv", csv([*roster(), ["仅导出前2条，请缩小范围"]]), "read", None, 2),
        Case("落款.csv", csv([*roster(), ["填表人：", "审核人："], ["2023年6月1日"]]), "read", None, 2),
        Case("只有标题.csv", csv(roster()[:1]), "read", None),
        Case("恰好五千行.csv", csv(roster_of(5000)), "read", None, 5000),
    ]  # fmt: skip


def roster_of(rows: int) -> list[list[object]]:
    heading, one = roster(1)
    named = ([*one[:2], f"{CANARY}{n}", "", *one[4:]] for n in range(rows))
    return [heading, *named]


# What must have been said of a file, beside its verdict.
SAID: Mapping[str, tuple[str, ...]] = {
    "错误值.xlsx": ("ING_ERROR_CELL G3",),
    "身份证是错误值.xls": ("ING_ERROR_CELL D4",),
    "公式未计算.xlsx": ("ING_NO_VALUE G3",),
    **{f"数字身份证.{form}": ("ING_NUMERIC_ID D4",) for form in _NUMBERED},
    "金额是无穷.xlsx": ("ING_BAD_AMOUNT G3",),
    "标题重复.xlsx": ("ING_TWIN_COL H1",),
    "合计人数不符.xlsx": ("ING_TOTAL_MISMATCH",),
    "合计金额不符.csv": ("ING_TOTAL_MISMATCH",),
    "名册-共9人.csv": ("ING_TOTAL_MISMATCH",),
    "仅导出前二条.csv": ("ING_EXPORT_LIMIT",),
    "只有标题.csv": ("ING_EMPTY",),
    "恰好五千行.csv": ("ING_EXPORT_LIMIT",),
}
SILENT = ("公式结果为空.xlsx", "严格格式.xlsx", "很远的一格.xlsx")

FAMILIES: Mapping[str, Callable[[], list[Case]]] = {
    "more grids": more_grids,
    "values": values,
    "tables": tables,
}
