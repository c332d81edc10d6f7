"""Records of old and binary workbooks, counted beside the reader that drops errors."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
import xlwt

from pipelines.ingest.container import Refused
from pipelines.ingest.counts import count_book
from pipelines.ingest.counts.biff import _Texts
from pipelines.ingest.grid import sheets
from tests.ingest.parts import REL, zipped
from tests.ingest.sheets import REGISTER, fetch, night, register_row

LIMIT = 64 << 20


def old_book(change) -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook()
    change(book.add_sheet("名册"))
    book.save(out)
    return out.getvalue()


def varied(sheet) -> None:
    for column, cell in enumerate(
        ["姓名", "", "  ", 3, 2.5, 142230200503120016.0, True]
    ):
        sheet.write(1, column, cell)
    sheet.row(3).set_cell_error(2, 0x2A)
    sheet.row(3).hidden = True
    sheet.col(5).hidden = True
    sheet.write(4, 0, xlwt.Formula("A1"))


def test_what_an_old_workbook_holds(tmp_path: Path):
    path = tmp_path / "a.xls"
    path.write_bytes(old_book(varied))
    (one,) = count_book(path, "xls", LIMIT)
    count = one.count
    assert count is not None
    assert count.filled == [0, 6, 0, 1]
    assert count.may_miss(1) == 1  # the two blanks
    assert count.errors == {(3, 2): "#N/A"}
    assert count.long_numbers == {(1, 5)}
    facts = count.facts
    assert (facts.hidden_rows, facts.hidden_columns, facts.formulas) == (1, 1, 1)


def test_an_error_cell_of_an_old_workbook_is_an_error(tmp_path: Path):
    def change(sheet):
        for at, row in enumerate([REGISTER, register_row(1)]):
            for column, cell in enumerate(row):
                sheet.write(at, column, cell)
        sheet.row(2).set_cell_error(4, 0x2A)
        sheet.write(2, 3, "张三")

    con = night(tmp_path, {"a.xls": old_book(change)})
    assert fetch(con, "select row_no, cell, column_name from ing_issue "
                 "where issue_code = 'ING_ERROR_CELL'") == [(3, "E3", "id_number")]  # fmt: skip


@pytest.mark.parametrize("cut", [512, 1500, 3000, 5000])
def test_a_cut_old_workbook_is_refused(tmp_path: Path, cut: int):
    path = tmp_path / "a.xls"
    path.write_bytes(old_book(varied)[:cut])
    with pytest.raises(Refused):
        count_book(path, "xls", LIMIT)


def shared(*texts: str) -> bytes:
    body = b"".join(struct.pack("<HB", len(t), 0) + t.encode() for t in texts)
    return struct.pack("<2I", len(texts), len(texts)) + body


@pytest.mark.parametrize("cut", range(8, 30))
def test_shared_texts_may_be_cut_anywhere(cut: int):
    whole = shared("ab", "", " ", "cdef")
    # Where characters go on, the next record says first how wide they are.
    flags = b"\0" if cut in inside_of(("ab", "", " ", "cdef")) else b""
    assert _Texts([whole[:cut], flags + whole[cut:]]).shapes() == [
        "text",
        "",
        " ",
        "text",
    ]


def inside_of(texts: tuple[str, ...]) -> set[int]:
    at, found = 8, set[int]()
    for text in texts:
        at += 3
        found |= set(range(at, at + len(text)))
        at += len(text)
    return found


def record(kind: int, body: bytes) -> bytes:
    low = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
    return low + bytes([len(body)]) + body


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def binary_book(*cells: bytes) -> bytes:
    kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
    package = "http://schemas.openxmlformats.org/package/2006"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            f'<Override PartName="/xl/workbook.bin" ContentType="{kind}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/officeDocument" '
            'Target="xl/workbook.bin"/></Relationships>',
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{REL}/worksheet" '
            'Target="worksheets/sheet1.bin"/></Relationships>',
            "xl/workbook.bin": record(131, b"") + record(143, b"")
            + record(156, struct.pack("<2I", 0, 1) + wide("rId1") + wide("S"))
            + record(144, b"") + record(132, b""),
            "xl/worksheets/sheet1.bin": record(129, b"") + record(148, bytes(16))
            + record(145, b"") + b"".join(cells) + record(146, b"") + record(130, b""),
        }
    )  # fmt: skip


def row(number: int) -> bytes:
    return record(0, struct.pack("<I", number) + bytes(13))


def cell(kind: int, column: int, body: bytes = b"") -> bytes:
    return record(kind, struct.pack("<2I", column, 0) + body)


def test_what_a_binary_workbook_holds(tmp_path: Path):
    path = tmp_path / "a.xlsb"
    number = struct.pack("<d", 142230200503120016.0)
    path.write_bytes(
        binary_book(
            row(0), cell(1, 0), cell(6, 1, wide("姓名")), cell(5, 2, number),
            row(2), cell(3, 0, b"\x2a"), cell(6, 1, wide(" ")), cell(4, 3, b"\1"),
        )
    )  # fmt: skip
    (one,) = count_book(path, "xlsb", LIMIT)
    count = one.count
    assert count is not None
    assert (count.filled, count.may_miss(2)) == ([2, 0, 3], 1)
    assert count.errors == {(2, 0): "#N/A"}
    assert count.long_numbers == {(0, 2)}
    (sheet,) = sheets(path, "xlsb", LIMIT)
    rows = [list(given) for given in sheet.rows()]
    assert (rows[2][0], type(rows[2][0]).__name__) == ("#N/A", "ErrorText")
