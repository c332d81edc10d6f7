"""A workbook read by several processes gives what it gives in one piece."""

from __future__ import annotations

import io
import os
import random
import re
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import xlsxwriter

from pipelines.ingest import child, grid, sheet, sheetxml
from pipelines.ingest.grid import sheets
from pipelines.ingest.helpers import Helpers
from pipelines.ingest.job import Job
from pipelines.ingest.package import Unusual
from pipelines.ingest.sheetxml import SheetXml
from pipelines.settings import Reading
from schemas.sources import SPECS
from tests.ingest.sheets import (
    REGISTER,
    ROSTER,
    fetch,
    night,
    register_row,
    roster_row,
    xlsx,
)

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="nothing is forked")

MOVED = ("姓名", "证件号码", "村", "乡", "户编号", "户类型", "在校生状况")
LIMIT = 256 << 20


@pytest.fixture(autouse=True)
def _small_is_large(monkeypatch):
    monkeypatch.setattr(grid, "_QUICK_FROM", 1)
    monkeypatch.setattr(sheetxml, "_WORTH_SHARING", 2_000)
    monkeypatch.setattr(sheetxml, "_TOGETHER", 7)
    monkeypatch.setattr(sheet, "UNKNOWN_SAMPLE", 5)
    monkeypatch.setattr(sheet, "_LONG", 10)
    monkeypatch.setattr(sheet, "_TOGETHER", 3)


def county_book(rng: random.Random) -> bytes:
    """Sheets with everything that ties a row to those above it, at random places."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"strings_to_formulas": False})
    for name in ("一", "二", "三")[: rng.randint(1, 3)]:
        page = book.add_worksheet(name)
        heading, extra = list(REGISTER), rng.choice(([], ["姓名"], ["备注", "手机"]))
        rows: list[list[object]] = [["监测对象信息"], ["导出时间：2022-12-18"]]
        rows.append([*heading, *extra])
        serial, at = 0, 0
        for _ in range(rng.randint(30, 150)):
            serial += 1
            row = register_row(serial)
            row[rng.randrange(7)] = rng.choice(("", "#N/A", 12, " x ", row[3]))
            row += [rng.choice(("", "换\n行", "x")) for _ in extra]
            kind = rng.random()
            if kind < 0.05:
                rows += [[], ["合计", f"{serial}人"], [], [*heading, *extra]]
            elif kind < 0.06:
                rows.append(list(MOVED))
                extra = []
            elif kind < 0.08:
                rows.append(rows[-1])
            rows.append(row)
        rows += [["填表人：张三"], ["合计", f"共{serial}人"]]
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell != "":
                    page.write(at, column, cell)
            if rng.random() < 0.03:
                page.write_formula(at, 6, "=A1", None, "")
        at = 8
        while at < len(rows) - 9:
            tall = rng.randint(1, 4)
            page.merge_range(at, 2, at + tall, 2, f"14092800019{at:04d}")
            at += tall + rng.randint(1, 9)
    book.add_worksheet("名册").write_row(0, 0, ROSTER)
    book.worksheets()[-1].write_row(1, 0, roster_row(1))
    book.add_worksheet("说明").write(3, 0, "本表供核对使用")
    book.close()
    return out.getvalue()


def left(path: Path, target: Path, processes: int) -> dict[str, object]:
    """Everything that the reading of a file leaves, by file."""
    target.mkdir()
    told = child.answer(
        Job(
            number=1,
            copy=path,
            name=path.name,
            target=target,
            sources=SPECS,
            memory_mib=1024,
            seconds=60,
            largest_inflated_mib=256,
            parent=os.getppid(),
            processes=processes,
        )
    )
    files = {file.name: file.read_bytes() for file in target.iterdir()}
    # What helpers made lies beside, and the issues of one column stand together only
    # within the work of one process.
    lines: dict[str, list[bytes]] = {}
    for name, content in files.items():
        lines.setdefault(name.split(".")[0], []).extend(content.splitlines())
    return {name: sorted(found) for name, found in lines.items()} | {"told": told}


@pytest.mark.parametrize("seed", range(12))
def test_same_answer_by_one_two_and_three(tmp_path: Path, seed: int):
    path = tmp_path / "a.xlsx"
    path.write_bytes(county_book(random.Random(seed)))
    one, two, three = (left(path, tmp_path / str(n), n) for n in (1, 2, 3))
    assert "refused" not in one["told"]
    assert two == one
    assert three == one


def test_helpers_do_take_part(tmp_path: Path, monkeypatch):
    begun = []
    start = Helpers.start
    monkeypatch.setattr(
        Helpers, "start", lambda self, work: begun.append(1) or start(self, work)
    )
    path = tmp_path / "a.xlsx"
    path.write_bytes(county_book(random.Random(1)))
    left(path, tmp_path / "out", 3)
    assert len(begun) >= 4


@pytest.mark.parametrize("seed", range(6))
def test_wanted_cells_are_the_librarys(tmp_path: Path, seed: int):
    rng = random.Random(seed)
    path = tmp_path / "a.xlsx"
    path.write_bytes(county_book(rng))
    library = {
        s.name: list(s.rows()) for s in sheets(path, "xlsx", LIMIT, quick_from=0)
    }
    for count in (1, 3):
        wanted = sorted(rng.sample(range(9), rng.randint(1, 5)))
        helpers = Helpers(tmp_path, count)
        for own in sheets(path, "xlsx", LIMIT, helpers=helpers):
            given = own.rows()
            given.want(wanted)
            picked = [[row[i] for i in wanted] for row in given]
            assert picked == [
                [row[i] if i < len(row) else "" for i in wanted]
                for row in library[own.name]
            ]


def test_any_row_is_had_whole_and_other_columns_can_be_wanted(tmp_path: Path):
    path = tmp_path / "a.xlsx"
    rows = [[f"{at}-{column}" for column in range(30)] for at in range(300)]
    book = xlsxwriter.Workbook(path)
    for at, row in enumerate(rows):
        book.worksheets() or book.add_worksheet()
        book.worksheets()[0].write_row(at, 0, row)
    book.close()
    for change_at in (5, 150, 250):
        helpers = Helpers(tmp_path, 2)
        (own,) = sheets(path, "xlsx", LIMIT, helpers=helpers)
        given = own.rows()
        given.want([3, 7])
        for at in range(change_at):
            assert next(given)[7] == rows[at][7]
            assert given.whole() == rows[at]
        given.want([3, 28])
        assert [row[28] for row in given] == [row[28] for row in rows[change_at:]]


@pytest.mark.parametrize("lost", [3, 140, 290])
def test_a_row_passed_over_is_seen_whoever_passes_it_over(
    tmp_path: Path, monkeypatch, lost: int
):
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path)
    page = book.add_worksheet()
    for at in range(300):
        page.write_row(at, 0, [f"{at}-{column}" for column in range(30)])
    book.close()
    seek, quick_row = SheetXml._seek, sheetxml.quick_row

    class Stopping(NamedTuple):
        pattern: re.Pattern[bytes]

        def match(self, data, place):
            row = self.pattern.match(data, place)
            return None if row is None or int(row[1]) == lost else row

    def hasty(self):
        found = seek(self)
        if found.number == lost:
            self._position = found.end
            found = seek(self)
        return found

    monkeypatch.setattr(SheetXml, "_seek", hasty)
    monkeypatch.setattr(sheetxml, "quick_row", lambda at: Stopping(quick_row(at)))
    for count in (1, 2, 3):
        helpers = Helpers(tmp_path, count)
        (own,) = sheets(path, "xlsx", LIMIT, helpers=helpers)
        given = own.rows()
        given.want([3, 7])
        with pytest.raises(Unusual):
            list(given)
        helpers.stop()


@pytest.mark.parametrize(
    ("raised", "expected"),
    [(Unusual(), Unusual), (MemoryError(), MemoryError), (SystemExit(3), SystemExit)],
)
def test_what_happens_to_a_helper_happens_here(tmp_path: Path, raised, expected):
    def work():
        yield 1
        raise raised

    helpers = Helpers(tmp_path, 2)
    results = helpers.results(helpers.start(work))
    assert next(results) == 1
    with pytest.raises(expected):
        next(results)
    assert list(tmp_path.iterdir()) == []


def test_helpers_nobody_waits_for_are_ended(tmp_path: Path):
    def endless():
        while True:
            yield 1

    helpers = Helpers(tmp_path, 2)
    pid = helpers.start(endless)
    helpers.stop()
    with pytest.raises(ChildProcessError):
        os.waitpid(pid, 0)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_same_tables_by_one_and_by_three(tmp_path: Path):
    rows = [
        [*register_row(n % 999, 户编号=f"14092800{n:08d}"), *map(str, range(60))]
        for n in range(6_000)
    ]
    heading = [*REGISTER, *(f"指标{n}" for n in range(60))]
    files = {
        "监测20221218.xlsx": xlsx([heading, *rows]),
        "名册.xlsx": xlsx([ROSTER, roster_row(1)]),
    }
    names = "select table_name from duckdb_tables() where not temporary order by all"
    found = []
    for processes in (1, 3):
        con = night(tmp_path / str(processes), files, Reading(processes=processes))
        found.append(
            {
                name: fetch(con, f'select * from "{name}"')
                for (name,) in fetch(con, names)
            }
        )
    assert len(found[0]["stg_monitored_person"]) == 6_000
    assert found[0] == found[1]
