"""入户卡: a page a household, every question once, to be written on by hand."""

from __future__ import annotations

from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.report import audit_field, sheets
from pipelines.report.cards import TITLE
from pipelines.report.items import items_of
from pipelines.report.prepare import rows_of

Night = tuple[Path, duckdb.DuckDBPyConnection]
BOOK = "村/三岔镇/三岔村.xlsx"


def test_a_page_a_household_with_every_question_of_the_table(night: Night) -> None:
    book = openpyxl.load_workbook(night[0] / BOOK)
    page, table = book[TITLE], book["核查表"]
    cards = [str(row[1].value).split("　")[0] for row in page.iter_rows(max_col=2)
             if str(row[0].value).startswith("问题 ")]  # fmt: skip
    asked = [row[2] for row in table.iter_rows(min_row=4, values_only=True) if row[2]]
    titles = [r for r in range(1, page.max_row + 1)
              if str(page.cell(r, 1).value).endswith("入户核查卡")]  # fmt: skip
    assert cards == asked
    assert [b.id + 1 for b in page.row_breaks.brk] == titles[1:]
    assert page.page_setup.orientation == "portrait"
    assert page.protection.sheet


@pytest.mark.parametrize("change", ["drop", "swap", "unlock"])
def test_a_card_that_differs_stops_the_publication(change: str, night: Night) -> None:
    book = openpyxl.load_workbook(night[0] / BOOK)
    page = book[TITLE]
    rows = [r for r in range(1, page.max_row + 1)
            if str(page.cell(r, 1).value).startswith("问题 ")]  # fmt: skip
    if change == "drop":
        page.cell(rows[-1], 1, "")
    elif change == "swap":
        first, last = page.cell(rows[0], 2), page.cell(rows[-1], 2)
        first.value, last.value = last.value, first.value
    else:
        page.protection.sheet = False
    rows = [row for row in rows_of(night[1], sheets.ITEM) if row[1] == "三岔村"]
    items = items_of(sheets.ITEM, rows)
    assert [*audit_field.cards_of(BOOK, page, items)]
