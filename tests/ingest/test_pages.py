"""Web pages, XML tables 2003 and OpenDocument: what their own words mean."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from pipelines.ingest.cells import ErrorText, Sheet
from pipelines.ingest.container import Refused
from pipelines.ingest.counts import disagreement
from pipelines.ingest.grid import sheets
from pipelines.ingest.sniff import sniff
from tests.ingest.writers import zipped

LIMIT = 64 << 20
SS = '<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns:html="http://www.w3.org/TR/REC-html40">'


def read(tmp_path: Path, content: str | bytes) -> list[Sheet]:
    path = tmp_path / "file.xls"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return list(sheets(path, sniff(path), LIMIT))


def rows(sheet: Sheet) -> list[list[object]]:
    given = sheet.rows()
    found = [list(row) for row in given]
    assert sheet.count is not None
    assert disagreement(sheet.count, given.filled) is None
    return found


TABLE = "<table><tr><td>a<td>b</table>"
MIME = "MIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # missing end tags, letters of either case
        ("<TABLE><TR><TD>a<TD>b<TR><TD>c<TD>d</TABLE>", [["a", "b"], ["c", "d"]]),
        ("<table><tr><td>甲&nbsp;乙</td><td>&lt;1&gt;&#39640;</td></tr></table>", [["甲\xa0乙", "<1>高"]]),
        ("<table><tr><td>&nbsp;</td><td> x\n  y </td></tr></table>", [["", "x y"]]),
        ("<table><tr><td>a<br>b</td><td><p>c</p><p>d</p></td></tr></table>", [["a\nb", "c\n\nd"]]),
        ("<table><tr><th colspan=2>并<th>c<tr><td>1<td>2<td>3</table>", [["并", "", "c"], ["1", "2", "3"]]),
        ("<table><tr><td rowspan=2>户<td>1<tr><td>2</table>", [["户", "1"], ["", "2"]]),
        # the raw number, except of what is shown as a date
        ('<table><tr><td x:num="3000">3,000.00</td><td x:num="44805">2022/9/1</td></tr></table>', [[3000.0, "2022/9/1"]]),
        ('<table><tr><td x:num>1.5</td><td sdval="2" sdnum="1033;">2</td></tr></table>', [["1.5", 2.0]]),
        # a small table in a cell is its text, words around a table are rows
        ("<table><tr><td>a</td><td><table><tr><td>b</td></tr><tr><td>c</td></tr></table></td></tr></table>", [["a", "b\nc"]]),
        ("<h3>名册</h3><p>导出时间：<b>2022</b></p><table><tr><td>a<td>b</table>共1人", [["名册"], ["导出时间：2022"], ["a", "b"], ["共1人"]]),
        ("<table><tr><td><table><tr><td>a<td>b<tr><td>c<td>d</table></td></tr></table>", [["a", "b"], ["c", "d"]]),
        ("<style>td{}</style><script>var t='<table>';</script><table><tr><td>a<td>b</table>", [["a", "b"]]),
        ("<body><table><tr><td>a<td>b</body>", [["a", "b"]]),
    ],
)  # fmt: skip
def test_one_table_of_a_page(tmp_path: Path, page: str, expected):
    (sheet,) = read(tmp_path, f"<html>{page}</html>")
    assert rows(sheet) == expected
    assert sheet.height == len(expected)


def test_merges_of_a_page_end_with_the_table(tmp_path: Path):
    page = "<table><tr><td>a<td rowspan=9 colspan=2>b<tr><td>c</table>"
    (sheet,) = read(tmp_path, f"<html><p>题</p>{page}</html>")
    assert sheet.merges == (((1, 1), (2, 2)),)


def test_several_tables_are_several_sheets(tmp_path: Path):
    names = "<!--[if gte mso 9]><xml><x:Name>三岔镇</x:Name><x:Name>砚城镇</x:Name></xml><![endif]-->"
    one = "<table><tr><td>a<td>b</table>"
    read_named = read(tmp_path, f"<html>{names}{one}{one}</html>")
    assert [sheet.name for sheet in read_named] == ["三岔镇", "砚城镇"]
    assert [s.name for s in read(tmp_path, f"<html>{one * 3}</html>")] == [
        "表1",
        "表2",
        "表3",
    ]


@pytest.mark.parametrize(
    ("page", "code"),
    [
        ("<html><body>请重新登录</body></html>", "ING_BROKEN"),
        ("<html><table><tr><td>a<td>b<tr><td>c", "ING_BROKEN"),
        ("<html>" + "<table><tr><td>" * 60, "ING_UNSAFE"),
        ("<html><table>" + "<tr><td colspan=16384>a" * 400 + "</table></html>", "ING_TOO_LARGE"),
        # a mark whose end is looked for from each of so many places
        *(
            (f"<html>{TABLE}" + mark * 200_000 + end, code)
            for mark, end, code in (
                ("<a ", "", "ING_BROKEN"), ("<script '", "", "ING_BROKEN"),
                ("<!-- x>", "", "ING_BROKEN"), ("<![CDATA[ x>", "", "ING_BROKEN"),
                ("<![if x>", "", "ING_BROKEN"), ("<td ='", ">", "ING_MISREAD"),
            )
        ),
        ("<html><table><tr>" + "<td rowspan=16000 colspan=16000>x" * 200 + "<tr><td>y" * 2000 + "</table>", "ING_TOO_LARGE"),
        (MIME + "".join(f"Content-Type: multipart/related; boundary=x{n}\n\n--x{n}\n" for n in range(2_000)), "ING_UNSAFE"),
        (MIME + "Content-Type: multipart/related; boundary=x\n\n" + f"--x\nContent-Type: text/html\n\n{TABLE}\n" * 3_000, "ING_UNSAFE"),
    ],
)  # fmt: skip
def test_pages_that_are_refused(tmp_path: Path, page: str, code: str):
    with pytest.raises(Refused) as refused:
        read(tmp_path, page)
    assert refused.value.code == code


def book(body: str, *, more: str = "") -> str:
    return f'{SS}<Worksheet ss:Name="名册"><Table>{body}</Table>{more}</Worksheet></Workbook>'


def cell(kind: str, text: str, more: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_xml_tables_keep_types_places_and_merges(tmp_path: Path):
    (sheet,) = read(
        tmp_path,
        book(
            "".join((
                '<Row ss:Index="2">',
                cell("String", "题", "ss:MergeAcross='2'"),
                cell("String", "后"),
                "</Row><Row>",
                cell("String", "户主", "ss:MergeDown='9'"),
                cell("Number", "142230200503120000"),
                cell("DateTime", "2022-09-01T00:00:00.000", "ss:Index='4'"),
                '</Row><Row ss:Hidden="1">',
                cell("DateTime", "1899-12-31T08:30:00.000", "ss:Index='2'"),
                cell("Boolean", "1"),
                cell("Error", "#N/A"),
                '<Cell ss:Formula="=RC[-1]"/><Cell>',
                '<ss:Data ss:Type="String"><html:B>粗</html:B>体</ss:Data>',
                "<Comment><ss:Data><html:B>批注</html:B></ss:Data></Comment>",
                "</Cell></Row>",
            )),
            more="<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions>",
        ),
    )  # fmt: skip
    assert rows(sheet) == [
        [],
        ["题", "", "", "后"],
        ["户主", 142230200503120000.0, "", date(2022, 9, 1)],
        ["", time(8, 30), True, "#N/A", "", "粗体"],
    ]
    assert isinstance(rows(sheet)[3][3], ErrorText)
    assert sheet.merges == (((1, 0), (1, 2)), ((2, 0), (3, 0)))
    assert sheet.valueless == {(3, 4)}
    assert sheet.is_hidden


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (book('<Row ss:Index="3"/><Row ss:Index="2"/>'), "ING_BROKEN"),
        (book('<Row ss:Index="99999999"/>'), "ING_TOO_LARGE"),
        (book("<Row>" + cell("String", "a", "ss:Index='99999'") + "</Row>"), "ING_TOO_LARGE"),
        (book("<Row>")[:-40], "ING_BROKEN"),
        (book("").replace("<Workbook", '<!DOCTYPE a [<!ENTITY b "c">]><Workbook', 1), "ING_UNSAFE"),
    ],
)  # fmt: skip
def test_xml_tables_that_are_refused(tmp_path: Path, text: str, code: str):
    with pytest.raises(Refused) as refused:
        read(tmp_path, text)
    assert refused.value.code == code


ODF = "".join(
    f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"'
    for n in ("office", "table", "text", "style", "dr3d")
)
ODF += ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'


def ods(tables: str, styles: str = "", **more: str) -> bytes:
    content = (
        f'<office:document-content{ODF} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )  # fmt: skip
    return zipped({"mimetype": "", "content.xml": content} | more)


def test_open_documents_keep_errors_merges_and_what_is_hidden(tmp_path: Path):
    error = '<table:table-cell table:formula="of:=1/0" office:value-type="string" calcext:value-type="error"><text:p>#DIV/0!</text:p></table:table-cell>'
    merged = '<table:table-cell table:number-columns-spanned="1" table:number-rows-spanned="3" office:value-type="string"><office:annotation><text:p>批注</text:p></office:annotation><text:p>户<text:span>主</text:span></text:p></table:table-cell>'
    twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
    never = '<table:table-cell table:formula="of:=A1"/>'
    first, second = read(
        tmp_path,
        ods(
            f'<table:table table:name="名册"><table:table-header-rows><table:table-row>{merged}{twice}{error}</table:table-row></table:table-header-rows>'
            f'<table:table-row table:number-rows-repeated="2"><table:covered-table-cell/>{twice}{never}</table:table-row>'
            '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
            '<table:table table:name="隐藏" table:style-name="h"/>'
            '<table:table table:name="别的文件"><table:table-source/><table:table-row><table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell></table:table-row></table:table>',
            '<style:style style:name="h"><style:table-properties table:display="false"/></style:style>',
        ),
    )  # fmt: skip
    assert rows(first) == [
        ["户主", 7.0, 7.0, "#DIV/0!"],
        ["", 7.0, 7.0],
        ["", 7.0, 7.0],
    ]
    assert isinstance(rows(first)[0][3], ErrorText)
    assert first.merges == (((0, 0), (2, 0)),)
    assert (first.is_hidden, second.is_hidden, second.name) == (False, True, "隐藏")
    assert (1, 3) in first.valueless


def table(name: str, inside: str) -> str:
    text = f"{inside}<text:p>{name}</text:p>"
    return (
        f'<table:table table:name="{name}"><table:table-row><table:table-cell '
        f'office:value-type="string">{text}</table:table-cell></table:table-row>'
        "</table:table>"
    )


@pytest.mark.parametrize("around", ["office:annotation", "draw:frame", "dr3d:scene"])
def test_notes_and_drawings_in_a_cell_are_neither_text_nor_sheets(
    tmp_path: Path, around: str
):
    # A chart brings a table of its figures; every picture an empty paragraph.
    inside = f"<{around}>{table('图', '')}<text:p/><text:p>批注</text:p></{around}>"
    read_all = read(tmp_path, ods(table("外", inside) + table("后", "")))
    assert [(sheet.name, rows(sheet)) for sheet in read_all] == [
        ("外", [["外"]]),
        ("后", [["后"]]),
    ]


def test_what_programs_write_around_cells_is_no_text_outside_of_them(tmp_path: Path):
    # Names of one sheet; and elements on lines of their own, as in the flat form.
    named = (
        '<table:named-expressions><table:named-expression table:expression="1"/>'
        "</table:named-expressions>"
    )
    spread = table("甲", "\n <text:p>上</text:p>\n ").replace("><", ">\n  <")
    (sheet,) = read(
        tmp_path, ods(spread.replace("</table:table>", f"{named}</table:table>"))
    )
    assert rows(sheet) == [["上\n甲"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ods(table("甲", "").replace("<table:table-cell", "<table:table-cell/>丢<table:table-cell")), "ING_MISREAD"),
        (ods(table("甲", "").replace("text:p>", "text:x>")), "ING_MISREAD"),
        (ods(table("甲", "").replace("table:table-row", "table:named-expressions")), "ING_MISREAD"),
        (ods(table("甲", "<text:p><text:p>b</text:p></text:p>")), "ING_MISREAD"),
        (ods('<table:table><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row></table:table>'), "ING_TOO_LARGE"),
        (ods("", **{"META-INF/manifest.xml": "<m><manifest:encryption-data/></m>"}), "ING_ENCRYPTED"),
        (ods("<table:table>"), "ING_BROKEN"),
    ],
)  # fmt: skip
def test_open_documents_that_are_refused(tmp_path: Path, content: bytes, code: str):
    with pytest.raises(Refused) as refused:
        read(tmp_path, content)
    assert refused.value.code == code
