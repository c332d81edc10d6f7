"""The wrapper around the writer: nothing is refused unseen, nothing can act."""

from __future__ import annotations

import stat
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipelines.report import gate_book
from pipelines.report.book import MOST_CHARACTERS, Book, WriteRefusedError
from pipelines.report.facts import Facts

FACTS = Facts(
    as_of=date(2023, 9, 25), county="", office="", contact="", due_on=date(2023, 10, 5),
    basis="", gaps="", is_sample=True,
)  # fmt: skip
HOSTILE = [
    "=1+1", "=HYPERLINK(\"http://x\",\"y\")", "@SUM(1)", "+1", "-1", "http://x.example", "＝1+1",
    "{=1}", "mailto:a@b", "\t=1", "internal:Sheet1!A1", "_x0041_", "'=1", "a\nb", " 前后 ",
]  # fmt: skip


def write(path: Path, texts: list[str]) -> Path:
    book = Book("试", FACTS)
    page = book.page("表")
    for row, text in enumerate(texts):
        page.put(row, 0, text, book.style("text"))
    book.save(path)
    return path


def test_text_from_outside_is_a_string_cell(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", HOSTILE)
    assert list(gate_book.active_content(path)) == []
    cells = [row[0] for row in openpyxl.load_workbook(path)["表"].iter_rows()]
    assert [cell.data_type for cell in cells] == ["s"] * len(HOSTILE)
    # a tab in front is a control character and goes
    assert [cell.value for cell in cells] == [text.lstrip("\t") for text in HOSTILE]
    assert {cell.number_format for cell in cells} == {"@"}


def test_controls_and_endless_texts_are_made_harmless(tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.xlsx", ["一\x00\x0b\ud800二", "村\u202e里", "长" * 40_000]
    )
    first, second, long = (
        row[0].value for row in openpyxl.load_workbook(path)["表"].iter_rows()
    )
    assert (first, second) == ("一二", "村里")
    assert len(long) < MOST_CHARACTERS + 50


def test_same_calls_same_bytes_and_private_files(tmp_path: Path) -> None:
    one, two = write(tmp_path / "1.xlsx", HOSTILE), write(tmp_path / "2.xlsx", HOSTILE)
    assert one.read_bytes() == two.read_bytes()
    assert stat.S_IMODE(one.stat().st_mode) == 0o600


@pytest.mark.parametrize(("row", "column"), [(1_048_576, 0), (0, 16_384)])
def test_a_refused_cell_is_an_error(row: int, column: int) -> None:
    book = Book("试", FACTS)
    with pytest.raises(WriteRefusedError, match="写入被拒绝"):
        book.page("表").put(row, column, "值", None)


def test_a_list_too_long_is_an_error() -> None:
    book = Book("试", FACTS)
    with pytest.raises(WriteRefusedError, match="255"):
        book.page("表").choices([(0, 0)], ["选" * 200, "项" * 60], "结果", strict=True)


def test_two_sheets_of_one_name_are_an_error() -> None:
    book = Book("试", FACTS)
    book.page("Sheet")
    with pytest.raises(WriteRefusedError, match="重复"):
        book.page("sheet")
