"""LibreOffice opens, prints and saves the books; skipped where it is not installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest
from python_calamine import CalamineWorkbook

SOFFICE = shutil.which("soffice")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed"),
]
Night = tuple[Path, duckdb.DuckDBPyConnection]
BOOKS = (
    "对账总表.xlsx",
    "三个清单.xlsx",
    "疑似同一人.xlsx",
    "公示名单.xlsx",
    "乡镇/三岔镇.xlsx",
    "村/三岔镇/三岔村.xlsx",
)


def convert(kind: str, paths: list[Path], target: Path) -> None:
    profile = f"-env:UserInstallation={(target / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir"]
    done = subprocess.run(
        [*command, str(target), *map(str, paths)],
        capture_output=True,
        timeout=180,
        check=True,
    )
    assert done.returncode == 0


@pytest.fixture(scope="module")
def converted(night: Night, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("office")
    paths = [night[0] / book for book in BOOKS]
    convert("xlsx:Calc MS Excel 2007 XML", paths, target)
    convert("pdf", paths[-1:], target)
    return target


@pytest.mark.parametrize("book", BOOKS)
def test_saved_again_by_libreoffice_it_is_still_complete(
    book: str, night: Night, converted: Path
) -> None:
    before = CalamineWorkbook.from_path(str(night[0] / book))
    after = CalamineWorkbook.from_path(str(converted / Path(book).name))
    assert after.sheet_names == before.sheet_names
    for name in before.sheet_names:
        one = before.get_sheet_by_name(name).to_python(skip_empty_area=True)
        two = after.get_sheet_by_name(name).to_python(skip_empty_area=True)
        assert [[c for c in row if c != ""] for row in two if any(row)] == [
            [c for c in row if c != ""] for row in one if any(row)
        ]


def test_form_survives_libreoffice(converted: Path) -> None:
    page = openpyxl.load_workbook(converted / "三岔村.xlsx")["核查表"]
    assert page.protection.sheet
    assert page.data_validations.dataValidation
    assert not page["I4"].protection.locked
    assert page["D4"].protection.locked


def test_a_printed_village_book_repeats_its_heading_and_numbers_its_pages(
    converted: Path,
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    text = subprocess.run(
        ["pdftotext", "-layout", str(converted / "三岔村.pdf"), "-"],
        capture_output=True, timeout=60, check=True,
    ).stdout.decode("utf-8")  # fmt: skip
    text = text.replace(" ", "")
    assert "第2页共" in text
    assert "内部资料注意保密" in text
    assert "核查结果" in text
