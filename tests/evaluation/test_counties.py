"""Whole nights over invented counties: every error found, nothing else, traps silent."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import xlwt

from schemas.synth import make_county
from schemas.synth.truth import Truth
from tests.evaluation.counties import judge, measure
from tests.evaluation.harness import FIRST, as_table

SLOW = pytest.mark.slow


@pytest.mark.parametrize(
    ("seed", "people", "errors", "mess"),
    [
        pytest.param(21, 5000, None, False, id="clean and tidy", marks=SLOW),
        pytest.param(25, 5000, None, True, id="clean and messy", marks=SLOW),
        pytest.param(22, 5000, 0.1, False, id="errors, tidy", marks=SLOW),
        pytest.param(23, 2000, 0.1, True, id="errors and messes"),
    ],
)
def test_a_night_finds_what_was_put_in_and_nothing_else(
    tmp_path: Path,
    seed: int,
    people: int,
    errors: float | None,
    mess: bool,
) -> None:
    verdict = measure(tmp_path, people=people, seed=seed, errors=errors, mess=mess)
    assert verdict.is_perfect, as_table(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(31, 37))
def test_other_seeds_with_everything(tmp_path: Path, seed: int) -> None:
    verdict = measure(tmp_path, people=5000, seed=seed, errors=0.3, codes=FIRST)
    assert verdict.is_perfect, as_table(verdict)


@pytest.mark.slow
@pytest.mark.parametrize(
    "mess",
    [
        ("monthly_list", "basic_layout", "roster_by_terms"),
        ("full_field_layout", "files_by_type", "merged_blocks", "totals"),
        ("township_files", "two_row_heading", "repeated_headings", "spacers"),
        ("csv_gb18030", "formula_ids", "footer", "fewer_columns", "period_in_title"),
    ],
    ids="+".join,
)
def test_messes_everywhere_at_once(tmp_path: Path, mess: Collection[str]) -> None:
    verdict = measure(tmp_path, people=2500, seed=41, mess=mess, codes=FIRST)
    assert verdict.is_perfect, as_table(verdict)


@pytest.mark.slow
def test_payments_without_numbers_go_by_account_and_name(tmp_path: Path) -> None:
    mess = ("payments_without_numbers", "aid_in_the_same_file")
    verdict = measure(tmp_path, people=4000, seed=42, errors=None, mess=mess)
    assert verdict.is_perfect, as_table(verdict)


@pytest.mark.slow
def test_old_workbooks_read_the_same(tmp_path: Path) -> None:
    """Every list saved as .xls, merged areas and all."""
    mess = ("merged_blocks", "two_row_heading", "totals", "footer", "date_cell")
    truth = make_county(tmp_path, people=2500, seed=24, mess=mess)
    verdict = judge(tmp_path, saved_as_xls(tmp_path / "raw", truth))
    assert verdict.is_perfect, as_table(verdict)


def saved_as_xls(raw: Path, truth: Truth) -> Truth:
    """Replace every .xlsx below ``raw`` by an .xls, and its name in the truth."""
    for path in sorted(raw.rglob("*.xlsx")):
        old = xlwt.Workbook(encoding="utf-8")
        day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
        for sheet in openpyxl.load_workbook(path).worksheets:
            target = old.add_sheet(sheet.title)
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        style = day if cell.is_date else xlwt.Style.default_style
                        target.write(cell.row - 1, cell.column - 1, cell.value, style)
            for area in sheet.merged_cells.ranges:
                target.merge(
                    area.min_row - 1,
                    area.max_row - 1,
                    area.min_col - 1,
                    area.max_col - 1,
                )
        old.save(str(path.with_suffix(".xls")))
        path.unlink()

    def renamed(file: str) -> str:
        return file.removesuffix(".xlsx") + ".xls" if file.endswith(".xlsx") else file

    return replace(
        truth,
        links=tuple(replace(link, file=renamed(link.file)) for link in truth.links),
        sheets=tuple(replace(rows, file=renamed(rows.file)) for rows in truth.sheets),
    )


@pytest.mark.slow
def test_after_the_promotion_grace_a_township_is_asked_once(tmp_path: Path) -> None:
    """November's export with two townships in five not moved up (trap 10)."""
    made = make_county(
        tmp_path,
        people=3000,
        seed=26,
        errors=None,
        mess=False,
        as_of=date(2023, 11, 20),
    )
    verdict = judge(tmp_path, made)
    asked = [f for f in verdict.extra if f.rule_code == "EDU_NOT_PROMOTED"]
    moved_up = {"EDU_GRADE_DIFF", "OMI_GRAD_JUNIOR", "EDU_BLANK", "EDU_NOT_VOC"}
    flooded = [f for f in verdict.extra if f.rule_code in moved_up]
    assert len(asked) == len({f.subject_id for f in asked}) == 4
    assert all(f.period == "2023-2024" for f in asked)
    assert len(flooded) < 30
