"""The way back, whole: questions go out, a sheet comes home, links follow; and again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipelines import night, published
from pipelines.progress import silent
from pipelines.report.sheets import QUESTION
from pipelines.request import Request
from schemas.returns import SAME_PERSON

N1, N2, N3 = (date(2023, 9, day) for day in (28, 29, 30))
TOP = 4
AT = {column.name: at for at, column in enumerate(QUESTION.columns, 1)}


@dataclass
class Office:
    """A county's folders, and what its clerk does."""

    raw: Path
    out: Path

    def night(self, as_of: date) -> Path:
        request = Request(raw=self.raw, out=self.out, as_of=as_of)
        folder = night.run(request, silent).folder
        assert folder is not None
        return folder

    def hand_in(
        self, name: str, asked: Path, fill: Callable[[Any, list[int]], None]
    ) -> None:
        """The book that went out, filled in and put into a sub-folder."""
        book = openpyxl.load_workbook(asked / "疑似同一人.xlsx")
        page = book[QUESTION.title]
        rows = [r for r in range(TOP + 1, page.max_row + 1) if page.cell(r, 1).value]
        fill(page, rows)
        target = self.raw / "交回" / name
        target.parent.mkdir(exist_ok=True)
        book.save(target)

    def receipt(self, folder: Path) -> dict[str, list[tuple[Any, ...]]]:
        """Each receipt of a night by its name: place, number, outcome, … by row."""
        found = {}
        for path in sorted((folder / "回执").glob("*.xlsx")):
            page = openpyxl.load_workbook(path).worksheets[0]
            found[path.stem] = list(page.iter_rows(min_row=TOP + 1, values_only=True))
        return found


def tiers(folder: Path) -> dict[str, int]:
    links = published.run_of(folder)["counts"]["links"]
    assert isinstance(links, dict)
    return links


def say(answer: str, on: str = "2023-10-12") -> Callable[[Any, list[int]], None]:
    def fill(page: Any, rows: list[int]) -> None:
        for row in rows:
            page.cell(row, AT["answer"]).value = answer
            page.cell(row, AT["decided_by"]).value = "赵主任"
            page.cell(row, AT["decided_on"]).value = on

    return fill


@pytest.fixture(scope="module")
def asked(small_county: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder with one night; nothing may change it: copy it first."""
    out = tmp_path_factory.mktemp("asked") / "out"
    Office(small_county, out).night(N1)
    return out


@pytest.fixture
def office(small_county: Path, asked: Path, tmp_path: Path) -> Office:
    shutil.copytree(small_county, tmp_path / "raw")
    shutil.copytree(asked, tmp_path / "out", symlinks=True)
    return Office(tmp_path / "raw", tmp_path / "out")


def test_headings_that_go_out_are_those_that_are_known_when_they_come_back() -> None:
    sent = {column.name: column.title for column in QUESTION.columns}
    for column in SAME_PERSON.columns:
        name = "question_no" if column.name == "number" else column.name
        assert SAME_PERSON.column_of(sent[name]) == column.name


@pytest.mark.slow
def test_out_and_home_and_out_again(office: Office) -> None:
    first = office.out / f"{N1}"
    before = tiers(first)
    assert before["id_near"] > 0
    assert list((first / "回执").glob("*")) == []

    office.hand_in("回来的.xlsx", first, say("√"))
    second = office.night(N2)
    assert {row[2] for row in office.receipt(second)["回来的"]} == {"采用"}
    assert {row[6] for row in office.receipt(second)["回来的"]} == {"已采用"}
    after = tiers(second)
    asked = before["id_near"] + before.get("id_cut", 0) + before.get("no_id", 0)
    assert after["decision"] == asked
    assert "id_near" not in after
    page = openpyxl.load_workbook(second / "疑似同一人.xlsx")[QUESTION.title]
    assert page.cell(TOP + 1, 1).value == "（今晚没有需要认定的）"

    # the file may go: what was decided stays; another day's other answer replaces it
    shutil.rmtree(office.raw / "交回")
    office.hand_in("改主意.xlsx", first, say("否", "2023年10月20日"))
    third = office.night(N3)
    assert "decision" not in tiers(third)
    assert "id_near" not in tiers(third)
    # replayed, the night is what it was
    links = (second / "tables" / "link.parquet").read_bytes()
    shutil.rmtree(office.raw / "交回")
    office.hand_in("回来的.xlsx", first, say("√"))
    assert (office.night(N2) / "tables" / "link.parquet").read_bytes() == links


@pytest.mark.slow
def test_the_same_night_run_again_knows_what_came_back_meanwhile(
    office: Office,
) -> None:
    first = office.out / f"{N1}"
    office.hand_in("回来的.xlsx", first, say("是"))
    assert tiers(office.night(N1))["decision"] > 0
    shutil.rmtree(office.raw / "交回")
    assert tiers(office.night(N1))["decision"] > 0


@pytest.mark.slow
def test_two_different_answers_freeze_and_both_are_shown(office: Office) -> None:
    first = office.out / f"{N1}"
    office.hand_in("甲.xlsx", first, say("是"))
    office.hand_in("乙.xlsx", first, say("不是"))
    office.hand_in("乙副本.xlsx", first, say("不是"))
    second = office.night(N2)
    assert "decision" not in tiers(second)
    assert "id_near" not in tiers(second)
    assert tiers(second)["ambiguous"] > 0
    page = openpyxl.load_workbook(second / "疑似同一人.xlsx")[QUESTION.title]
    why = str(page.cell(TOP + 1, AT["why"]).value)
    assert why.startswith("【答复不一致，已冻结】")
    assert "“同一人”" in why
    assert "“不是同一人”" in why
    for rows in office.receipt(second).values():
        assert all(str(row[6]).startswith("冻结") for row in rows)


@pytest.mark.slow
def test_a_sheet_that_was_worked_over(office: Office) -> None:
    """Rows deleted, doubled, moved; the number column alone sorted; cells edited."""
    first = office.out / f"{N1}"

    def fill(page: Any, rows: list[int]) -> None:
        say("是")(page, rows)
        numbers = [page.cell(row, 1).value for row in rows]
        page.cell(rows[0], 1).value, page.cell(rows[1], 1).value = (
            numbers[1],
            numbers[0],
        )
        page.cell(rows[2], AT["answer"]).value = "看情况"
        page.cell(rows[3], AT["register_side"]).value = "改过"
        page.insert_rows(rows[4])
        page.insert_cols(1)

    office.hand_in("改动.xlsx", first, fill)
    rows = office.receipt(office.night(N2))["改动"]
    refused = [row for row in rows if row[2] == "没有采用"]
    assert sum("对不上" in row[7] for row in refused) == 2
    assert sum("看不懂" in row[7] for row in refused) == 1
    assert sum("改动没有采用" in (row[7] or "") for row in rows) == 1
    assert sum(row[2] == "采用" for row in rows) == len(rows) - 3
