"""Cell to cell: every value that the books show as evidence is found again in its file.

The files are opened here by libraries of their own, not by our readers.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import xlrd
from openpyxl.utils.cell import coordinate_to_tuple

from pipelines import night
from pipelines.ingest.encoding import text_encoding
from pipelines.progress import silent
from pipelines.request import Request
from schemas.kinds import as_text
from schemas.synth import make_county

Look = Callable[[str, int, int], object]


@cache
def opened(path: Path) -> Look:
    """What stands at (sheet, row, column) of a file, both from 1."""
    head = path.read_bytes()[:4]
    if head == b"PK\x03\x04":
        book = openpyxl.load_workbook(path, data_only=True)
        tops = {
            (page.title, *at): (area.min_row, area.min_col)
            for page in book.worksheets
            for area in page.merged_cells.ranges
            for at in area.cells
        }
        return lambda sheet, row, column: (
            book[sheet].cell(*tops.get((sheet, row, column), (row, column))).value
        )
    if head == b"\xd0\xcf\x11\xe0":
        old = xlrd.open_workbook(path)
        return lambda sheet, row, column: old.sheet_by_name(sheet).cell_value(
            row - 1, column - 1
        )
    with path.open(encoding=text_encoding(path), newline="") as file:
        mark = "\t" if "\t" in file.readline().split(",")[0] else ","
        file.seek(0)
        lines = list(csv.reader(file, delimiter=mark))
    return lambda sheet, row, column: lines[row - 1][column - 1].lstrip("\ufeff")


@pytest.mark.parametrize(
    "mess",
    [
        False,
        pytest.param(True, marks=pytest.mark.slow),
        pytest.param(
            ("two_row_heading", "csv_gb18030", "spacers"), marks=pytest.mark.slow
        ),
    ],
)
def test_every_cell_of_evidence_is_where_it_is_said_to_be(
    tmp_path: Path, mess: bool | tuple[str, ...]
) -> None:
    make_county(tmp_path, people=600, seed=11, mess=mess, errors=0.3)
    raw = tmp_path / "raw"
    folder = night.run(Request(raw=raw, out=tmp_path / "out"), silent).folder
    assert folder is not None
    page = openpyxl.load_workbook(folder / "对账总表.xlsx", read_only=True)["来源"]
    told = list(page.iter_rows(min_row=5, values_only=True))
    assert len(told) > 100
    wrong = []
    for number, *_, file, sheet, cell, field, value in told:
        if str(cell).startswith("第"):
            continue  # a period from a title has no cell of its own
        row, column = coordinate_to_tuple(str(cell))
        stands = as_text(opened(raw / str(file))(str(sheet or ""), row, column))  # type: ignore[arg-type]
        if "账号" in str(field) and str(value).startswith("*"):
            # an account is never published: its length and last four digits are
            stands = "*" * (len(stands or "") - 4) + (stands or "")[-4:]
        # outer tabs, which force a number to be text, cannot be seen in a cell
        if ((stands or "").strip() or "（空）") != str(value).strip():
            wrong.append((number, file, sheet, cell, field))
    assert wrong == []


def test_every_finding_has_its_cells(small_night: Path) -> None:
    book = openpyxl.load_workbook(small_night / "对账总表.xlsx", read_only=True)
    findings = {
        row[0] for row in book["差异清单"].iter_rows(min_row=5, values_only=True)
    }
    sourced = {row[0] for row in book["来源"].iter_rows(min_row=5, values_only=True)}
    assert findings == sourced
