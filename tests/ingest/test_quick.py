"""The quick reader of large workbooks gives what the library gives, or gives way."""

from __future__ import annotations

import io
import random
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from pipelines.ingest import grid
from pipelines.ingest.grid import sheets
from pipelines.ingest.package import Unusual
from tests.ingest.sheets import REGISTER, register_row

LIMIT = 256 << 20
WORDS = ("张三", "", " 前后空格 ", "换\n行", "<&>\"'", "_x000D_", "a_x005F_b", "𠮷㛃", "0012",
         "1.5", "#N/A", "=1+1", "\u3000", "x" * 300)  # fmt: skip


def cells(rng: random.Random) -> list[object]:
    some = [
        *WORDS, 0, 1, -2.5, 1e-7, 142230200503120016, 0.1 + 0.2, True, False, None, None,
        date(2022, 9, 5), datetime(2022, 9, 5, 8, 30), time(8, 30), date(1999, 12, 31),
    ]  # fmt: skip
    return [rng.choice(some) for _ in range(rng.randint(0, 30))]


def written_by_xlsxwriter(rows, *, in_lines: bool) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": not in_lines, "constant_memory": in_lines,
         "strings_to_formulas": False, "strings_to_numbers": False,
         "default_date_format": "yyyy-mm-dd"},
    )  # fmt: skip
    sheet = book.add_worksheet("名册")
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    sheet.merge_range(len(rows), 1, len(rows) + 2, 1, "合并")
    book.close()
    return out.getvalue()


def written_by_openpyxl(rows, **_) -> bytes:
    out = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append([c if c != "=1+1" else "1+1" for c in row])
    sheet.merge_cells("B1:B3")
    sheet.append([])
    sheet.append(["", "末行"])
    book.save(out)
    return out.getvalue()


def read(path: Path, quick_from: int) -> list[tuple[object, ...]]:
    found = []
    for sheet in sheets(path, "xlsx", LIMIT, quick_from=quick_from):
        rows = [trimmed(row) for row in sheet.rows()]
        found.append(
            (
                sheet.name,
                sheet.is_hidden,
                sheet.height,
                rows,
                sheet.merges,
                set(sheet.valueless),
            )
        )
    return found


def trimmed(row) -> list[object]:
    cells = [None if c == "" else (type(c).__name__, c) for c in row]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("write", [written_by_xlsxwriter, written_by_openpyxl])
def test_same_cells_as_the_library(tmp_path: Path, write, seed: int):
    rng = random.Random(seed)
    rows = [cells(rng) for _ in range(rng.randint(1, 40))]
    path = tmp_path / "a.xlsx"
    path.write_bytes(write(rows, in_lines=bool(seed % 2)))
    assert read(path, 1) == read(path, 0)


def test_only_wanted_columns_have_values_and_any_row_can_be_had_whole(tmp_path: Path):
    rows = [[f"{at}-{column}" for column in range(60)] for at in range(5)]
    path = tmp_path / "a.xlsx"
    path.write_bytes(written_by_xlsxwriter(rows, in_lines=False))
    (sheet,) = sheets(path, "xlsx", LIMIT, quick_from=1)
    given = sheet.rows()
    assert next(given) == rows[0]
    given.want([2, 25, 27, 53])
    row = next(given)
    assert {at: cell for at, cell in enumerate(row) if cell != ""} == {
        at: f"1-{at}" for at in (2, 25, 27, 53)
    }
    assert given.whole() == rows[1]


def changed(old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    whole = zipfile.ZipFile(
        io.BytesIO(written_by_xlsxwriter([REGISTER, register_row(1)], in_lines=False))
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'<c r="A1"', b"<c"),
        (b'<c r="A1" t="s">', b'<c t="s" r="A1">'),
        (b'<row r="2"', b"<row"),
        (b'<row r="2"', b'<row spans="1:7" r="2"'),
        (b'<row r="2"', b'<row r="1"'),
        (b'<row r="2"', b'<row r="7"'),
        (b"<sheetData>", b"<sheetData><!-- x -->"),
        (b't="s"><v>0</v>', b't="s"><v>999</v>'),
        (b't="s"><v>0</v>', b't="n"><v>nan</v>'),
        (b't="s"><v>0</v>', b't="d"><v>2022-09-05</v>'),
        (b't="s"><v>0</v>', b't="s"><x>0</x>'),
        (b't="s"><v>0</v>', b't="s" x="&gt;"><v>0</v>'),
        (b'encoding="UTF-8"', b'encoding="GBK"'),
    ],
)
def test_what_is_not_ordinary_is_left_to_the_library(tmp_path: Path, old, new):
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(old, new))
    with pytest.raises(Unusual):
        read(path, 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b't="s"><v>0</v>', b't="str"><f>A2</f><v>x</v>'),
        (b't="s"><v>0</v>', b'><f t="shared" ref="A1:A2" si="0">1+1</f><v></v>'),
        (b't="s"><v>0</v>', b't="e"><f>1/0</f><v>#DIV/0!</v>'),
        (b't="s"><v>0</v>', b't="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is>'),
        (b't="s"><v>0</v></c>', b't="s"/>'),
        (b't="s"><v>0</v></c>', b's="0"></c>'),
    ],
)
def test_odd_but_ordinary_cells(tmp_path: Path, old, new):
    path = tmp_path / "a.xlsx"
    path.write_bytes(changed(old, new))
    assert read(path, 1) == read(path, 0)


def test_rows_that_are_not_written_are_rows(tmp_path: Path):
    rows = [["", "甲"], [], [], ["乙"], [], [""], []]
    path = tmp_path / "a.xlsx"
    path.write_bytes(written_by_openpyxl(rows))
    assert read(path, 1) == read(path, 0)


def test_small_files_are_left_to_the_library(tmp_path: Path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_bytes(written_by_xlsxwriter([REGISTER], in_lines=False))
    monkeypatch.setattr(grid, "quick_sheets", None)
    assert len(list(sheets(path, "xlsx", LIMIT))) == 1


def test_an_empty_text_may_be_what_a_formula_came_to(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    for value, expected in ((b"<v></v>", set()), (b"", {(0, 0)})):
        path.write_bytes(changed(b't="s"><v>0</v>', b't="str"><f>A2</f>' + value))
        assert read(path, 1) == read(path, 0)
        (sheet,) = read(path, 1)
        assert sheet[-1] == expected
