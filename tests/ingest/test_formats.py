"""Files told by their content, read in every form that is read now, others refused."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlwt

from pipelines.ingest.container import Refused
from pipelines.ingest.grid import sheets
from pipelines.ingest.package import Unusual
from pipelines.ingest.sniff import REFUSED, disagrees, sniff
from schemas.kinds import Cell
from tests.ingest import writers
from tests.ingest.sheets import REGISTER, REGISTER_FILE, register_row, text, xlsx
from tests.ingest.writers import zipped

TABLE = [REGISTER, register_row(1, 姓名="张㛃")]  # a character outside GBK
LIMIT = 64 << 20


def ole(*streams: str) -> bytes:
    """A compound file with empty streams of these names."""
    header = bytearray(512)
    header[:8] = bytes.fromhex("D0CF11E0A1B11AE1")
    struct.pack_into("<H", header, 30, 9)
    struct.pack_into("<I", header, 48, 1)
    struct.pack_into("<2I", header, 68, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack("<128I", 0xFFFFFFFD, 0xFFFFFFFE, *[0xFFFFFFFF] * 126)
    entries = bytearray(512)
    for at, name in enumerate(("Root Entry", *streams)):
        raw = name.encode("utf-16-le")
        entries[at * 128 : at * 128 + len(raw)] = raw
        struct.pack_into("<H", entries, at * 128 + 64, len(raw) + 2)
    return bytes(header) + fat + bytes(entries)


def put(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "file"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (xlsx(TABLE), "xlsx"),
        (writers.xls({"名册": TABLE}), "xls"),
        (text(TABLE), "csv"),
        (text(TABLE, "utf-8-sig"), "csv"),
        (text(TABLE, "utf-16"), "csv"),
        (text(TABLE, "gb18030"), "csv"),
        (text(TABLE, delimiter="\t"), "tsv"),
        (text(TABLE, "utf-16", "\t"), "tsv"),
        *((write({"a": TABLE}), name) for name, write in writers.WORKBOOKS.items()),
        (writers.mhtml({"a": TABLE}), "mhtml"),
        (b"<!-- made by a system --> <div><table>", "html"),
        (b"<?xml version='1.0'?><html xmlns:x='urn:x'><table/></html>", "html"),
        (b"", "empty"),
        (ole("EncryptionInfo", "EncryptedPackage"), "encrypted"),
        (ole("WordDocument"), "document"),
        (ole("Workbook"), "xls"),
        (ole()[:600], "broken_ole"),
        (zipped({"xl/workbook.bin": b""}), "xlsb"),
        (zipped({"mimetype": b"", "content.xml": b""}), "ods"),
        (zipped({"a.xlsx": b""}), "zip"),
        (zipped({"word/document.xml": b""}), "document"),
        (xlsx(TABLE)[:3000], "broken_zip"),
        ("<html><table><tr><td>姓名</td></tr></table></html>".encode("gb18030"), "html"),
        (b"\xef\xbb\xbf<table border=1>", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "spreadsheetml"),
        (b'<?xml version="1.0"?><note/>', "xml"),
        (b"%PDF-1.7", "document"),
        (b"\x00\x01\x02\x03" * 10, "binary"),
        (b"\xff\xfe\xfd\xff\xff", "broken_text"),
        ("姓名,证件号码\n".encode() + b"\xff\xff\xff", "broken_text"),
    ],
)  # fmt: skip
def test_told_by_content(tmp_path: Path, content: bytes, kind: str):
    assert sniff(put(tmp_path, content)) == kind


def test_every_refused_type_has_a_reason_without_jargon_of_ours():
    assert all(reason for _, reason in REFUSED.values())


@pytest.mark.parametrize(
    ("name", "kind", "differs"),
    [
        ("a.xlsx", "xlsx", False),
        ("a.xls.xlsx", "xlsx", False),
        ("a.xls", "xlsx", True),
        ("a.xlsx", "xls", True),
        ("a.et", "xls", False),
        ("a.csv", "tsv", False),
        ("a.xls", "csv", True),
        ("无扩展名", "xlsx", True),
    ],
)
def test_extension_that_promises_something_else(name: str, kind: str, differs: bool):
    assert disagrees(name, kind) is differs


MOMENTS = [
    ["姓名", "金额", "认定日期", "时刻", "真", "备注"],
    ["张㛃", 3000.5, date(2022, 9, 1), datetime(2022, 9, 1, 8, 30), True, "换\n行"],
    ["", -1.0, date(1999, 12, 31), time(8, 30), False, " 空  格 "],
    [],
    ["", "末行", 0.0, "0012", "1.5", "&<>\"'"],
]  # fmt: skip
NAMED = {"名册": MOMENTS, "另 一张": [["只有一格"]], "空表": []}


def trimmed(rows: Iterable[Sequence[Cell]]) -> list[list[Cell]]:
    """Rows without the empty cells at their end, which forms fill in or leave out."""
    found = []
    for row in rows:
        cells = ["" if cell is None else cell for cell in row]
        while cells and cells[-1] == "":
            cells.pop()
        found.append(cells)
    return found


def sort(cell: Cell) -> str:
    """What a cell is; the old form keeps small whole numbers as such."""
    name = type(cell).__name__
    return "float" if name == "int" else name


@pytest.mark.parametrize("form", writers.WORKBOOKS)
def test_every_workbook_gives_the_same_typed_cells(tmp_path: Path, form: str):
    path = put(tmp_path, writers.WORKBOOKS[form](NAMED))
    read = list(sheets(path, sniff(path), LIMIT))
    assert [sheet.name for sheet in read] == list(NAMED)
    for sheet, rows in zip(read, NAMED.values(), strict=True):
        got = trimmed(sheet.rows())
        assert got == trimmed(rows)
        assert [list(map(sort, row)) for row in got] == [
            list(map(sort, row)) for row in trimmed(rows)
        ]
        assert sheet.height == len(rows)


@pytest.mark.parametrize("codepage", [936, 1252, None])
@pytest.mark.parametrize("version", [2, 3, 4, 5])
def test_workbooks_before_excel_97(tmp_path: Path, version: int, codepage: int | None):
    rows = [["姓名", "金额"], ["张三", 3000.0], [], ["", "末行"]]
    path = put(tmp_path, writers.biff(version, codepage)({"名册": rows}))
    (sheet,) = sheets(path, sniff(path), LIMIT)
    assert trimmed(sheet.rows()) == trimmed(rows)
    assert sheet.height == 4


def strict(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The names of ISO 29500 strict in place of the usual ones."""
    usual, pure = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
    changes = [
        (usual + b"spreadsheetml/2006/main", pure + b"spreadsheetml/main"),
        (usual + b"officeDocument/2006/", pure + b"officeDocument/"),
    ]
    for old, new in changes:
        parts = {name: part.replace(old, new) for name, part in parts.items()}
    return parts


@pytest.mark.parametrize("quick_from", [None, 1])
@pytest.mark.parametrize(
    "written",
    [
        strict,
        lambda parts: {name.upper(): part for name, part in parts.items()},
        lambda parts: {name.replace("/", "\\"): part for name, part in parts.items()},
        lambda parts: {n: part for n, part in parts.items() if "Content" not in n},
        lambda parts: {n: part for n, part in parts.items() if "styles" not in n},
    ],
)
def test_unusual_packages_are_read(tmp_path: Path, written, quick_from):
    whole = zipfile.ZipFile(io.BytesIO(REGISTER_FILE))
    parts = {name: whole.read(name) for name in whole.namelist()}
    path = put(tmp_path, stored(written(parts)))
    try:
        (sheet,) = sheets(path, sniff(path), LIMIT, quick_from=quick_from)
    except Unusual:
        return  # left to the library, which the other case shows
    assert [len(trimmed([row])[0]) for row in sheet.rows()] == [1, 7, 7, 7]


def stored(parts: dict[str, bytes]) -> bytes:
    """A zip with names as given: the library would turn backslashes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            info = zipfile.ZipInfo("x")
            info.filename = name
            archive.writestr(info, part)
    return out.getvalue()


@pytest.mark.parametrize("form", writers.TEXTS)
def test_every_text_form_gives_what_the_cells_show(tmp_path: Path, form: str):
    rows = [[writers.shown(cell) for cell in row] for row in MOMENTS]
    rows[2][5] = "空 格"  # a page knows no outer blanks
    path = put(tmp_path, writers.TEXTS[form]({"名册": rows}))
    (sheet,) = sheets(path, sniff(path), LIMIT)
    assert trimmed(sheet.rows()) == trimmed(rows)
    assert sheet.height == len(rows)


def test_xls_keeps_numbers_dates_merges_and_offset(tmp_path: Path):
    out = io.BytesIO()
    book = xlwt.Workbook()
    sheet = book.add_sheet("s")
    sheet.write(2, 1, 3.5)
    sheet.write_merge(3, 5, 1, 1, "户主")
    book.save(out)
    (read,) = sheets(put(tmp_path, out.getvalue()), "xls", LIMIT)
    assert list(read.rows())[2][1] == 3.5
    assert read.height == 4
    assert read.merges == (((3, 1), (5, 1)),)


@pytest.mark.parametrize(
    ("content", "line"),
    [('姓名,证件号码\n张三,"14\n李四,15\n', 3), ('姓名\n"张"三\n', 2)],
)
def test_unclosed_quotation_mark_is_refused_with_its_line(
    tmp_path: Path, content, line
):
    path = put(tmp_path, content.encode())
    with pytest.raises(Refused) as refused:
        list(sheets(path, "csv", LIMIT))
    assert (refused.value.code, str(line) in refused.value.reason) == (
        "ING_BROKEN",
        True,
    )


def book_with(change) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    change(book, book.active)
    book.save(out)
    return out.getvalue()


def test_error_cells_and_formulas_without_value_are_seen(tmp_path: Path):
    def change(_book, sheet):
        sheet.append(["姓名", "金额"])
        sheet.append(["张三", "=1/0"])
        sheet["A3"], sheet["A3"].data_type = "#N/A", "e"

    (sheet,) = sheets(put(tmp_path, book_with(change)), "xlsx", LIMIT)
    rows = list(sheet.rows())
    assert (rows[2][0], type(rows[2][0]).__name__) == ("#N/A", "ErrorText")
    assert sheet.valueless == {(1, 1)}
    assert sheet.height == len(rows) == 3


def test_hidden_sheets_are_sheets(tmp_path: Path):
    def change(book, sheet):
        sheet["A1"] = "说明"
        book.create_sheet("隐藏").sheet_state = "hidden"

    read = list(sheets(put(tmp_path, book_with(change)), "xlsx", LIMIT))
    assert [(s.name, s.is_hidden) for s in read] == [("Sheet", False), ("隐藏", True)]


def test_wrong_dimension_does_not_cut_the_sheet(tmp_path: Path):
    whole = zipfile.ZipFile(io.BytesIO(REGISTER_FILE))
    parts = {n: whole.read(n) for n in whole.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(b'ref="A1:G4"', b'ref="A1"')
    assert parts["xl/worksheets/sheet1.xml"] != sheet
    (read,) = sheets(put(tmp_path, zipped(parts)), "xlsx", LIMIT)
    assert [len(row) for row in read.rows()] == [7] * 4


def hostile(name: str) -> bytes:
    whole = zipfile.ZipFile(io.BytesIO(REGISTER_FILE))
    parts = {n: whole.read(n) for n in whole.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    match name:
        case "doctype":
            parts[sheet] = parts[sheet].replace(
                b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1
            )
        case "bomb":
            parts[sheet] += b" " * (40 << 20)
        case "too large":
            parts["xl/media/a.bin"] = bytes(range(256)) * (280 << 10)
        case "many":
            parts |= {f"xl/x{n}.bin": b"" for n in range(5001)}
        case "case":
            parts["XL/Workbook.xml"] = b""
        case "same name":
            parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
                b"</sheets>", b'<sheet name="SHEET1" sheetId="2" r:id="rId1"/></sheets>'
            )
    return zipped(parts)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("doctype", "ING_UNSAFE"),
        ("bomb", "ING_UNSAFE"),
        ("too large", "ING_TOO_LARGE"),
        ("many", "ING_UNSAFE"),
        ("case", "ING_UNSAFE"),
        ("same name", "ING_UNSAFE"),
    ],
)
def test_hostile_containers_are_refused(tmp_path: Path, name: str, code: str):
    path = put(tmp_path, hostile(name))
    with pytest.raises(Refused) as refused:
        list(sheets(path, "xlsx", LIMIT))
    assert refused.value.code == code
