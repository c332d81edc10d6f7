"""Every form × every layout of every source: the same rows as the xlsx of it.

Layouts are those of the invented county, and two of each declared source: its own
titles, and the last of its other spellings. A new source is in it by being declared.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from pipelines.ingest.counts import disagreement
from pipelines.ingest.grid import sheets
from pipelines.ingest.headings import HeadingFinder
from pipelines.ingest.sheet import read_sheet
from pipelines.ingest.sniff import sniff
from schemas.codes import load
from schemas.kinds import Cell
from schemas.sources import SPECS
from schemas.spec import ColumnSpec, SourceSpec
from schemas.synth import make_county
from schemas.synth.messes import WHOLE_FILE
from tests.ingest import writers
from tests.ingest.sheets import pid

LIMIT = 256 << 20
LAYOUTS = [
    n for n in WHOLE_FILE if n.endswith(("_layout", "_list", "_terms", "_aliases"))
]
ROWS = 8
FINDER = HeadingFinder(SPECS)
FORMS = writers.WORKBOOKS | writers.TEXTS
Table = list[list[Cell]]
_SAMPLES: dict[str, tuple[Cell, ...]] = {
    "person_name": ("张㛃", "欧阳·娜", " 李　四 ", "王五（曾用名：王武）"),
    "division": ("砚城镇", "城内村", "三岔镇"),
    "opaque_no": ("1409280001", "0012345", "A-7"),
    "day": (date(2022, 9, 1), "2022年9月", "20220901"),
    "entry_day": (date(2021, 9, 1), "2021.9"),
    "leaving_day": (date(2024, 7, 1), "202407"),
    "month_start": (202209.0, "202109"),
    "month_end": (202306.0, "2023年06月"),
    "money": (3000.0, 1500.5, "1,500.00元", "0.3万"),
    "grant": (3000.0, "是"),
    "number": (3.0, "4", 0.5),
    "years": (3.0, "三年"),
    "yes_no": ("是", "否", "√"),
    "period": ("2021-2022学年", "2022-2023学年第1学期"),
    "phone": ("13800000000", 13900000000.0),
    "account": ("6212800000000000001", "622882 0000 0000 002"),
    "text": ("换\n行", "忻州职业技术学院", "a,b;c|d\te", "<&>\"'"),
}


def sample(column: ColumnSpec, serial: int) -> Cell:
    if column.kind == "id_number":
        return pid(serial)
    if column.kind.startswith(("code:", "codes:")):
        labels = load(column.kind.partition(":")[2]).labels
        return labels[serial % len(labels)]
    known = _SAMPLES[column.kind]
    return known[serial % len(known)]


def declared(spec: SourceSpec, spelling: int) -> Table:
    headings = [column.headings[spelling] for column in spec.columns]
    rows = [[sample(column, n) for column in spec.columns] for n in range(1, ROWS + 1)]
    return [[f"五寨县{spec.title}"], ["导出时间：2022-12-18"], headings, *rows]


def county(folder: Path, mess: tuple[str, ...]) -> Iterator[Table]:
    make_county(folder, people=250, seed=len(mess), mess=mess)
    for path in sorted((folder / "raw").rglob("*.*")):
        if path.is_file() and path.suffix != ".toml":
            for sheet in sheets(path, sniff(path), LIMIT):
                yield [list(row) for row in islice(sheet.rows(), ROWS + 4)]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Table]:
    """By source and headings: one table of each layout."""
    given = [
        declared(spec, spelling) for spec in SPECS if spec.marks for spelling in (0, -1)
    ]
    for number, mess in enumerate(((), *((name,) for name in LAYOUTS))):
        given += county(tmp_path_factory.mktemp(f"county{number}"), mess)
    layouts: dict[tuple[str, ...], Table] = {}
    for rows in given:
        layout = FINDER.find([list(row) for row in rows], ())
        if layout is not None:
            key = (layout.source.name, *(heading.text for heading in layout.headings))
            layouts.setdefault(key, rows)
    return layouts


def read(tmp_path: Path, content: bytes) -> tuple[str | None, list[list[str]]]:
    """The source that a file's one sheet is taken for, and its rows as loaded."""
    path = tmp_path / "名册"
    path.write_bytes(content)
    (sheet,) = sheets(path, sniff(path), LIMIT)
    given = sheet.rows()
    whole = replace(sheet, rows=lambda: given)
    report, _ = read_sheet(whole, 1, "名册", FINDER, tmp_path)
    # Every form is counted twice, or read by the reader that proves its own total.
    assert sheet.count is not None or sheet.facts is not None
    assert sheet.count is None or disagreement(sheet.count, given.filled) is None
    rows = []
    for name in sorted(tmp_path.glob("*.csv")):
        with name.open(encoding="utf-8", newline="") as out:
            rows += [[name.stem, *row] for row in csv.reader(out)]
        name.unlink()
    return report.source, rows


def test_every_source_has_its_layouts(tables):
    sources = [source for source, *_ in tables]
    assert set(sources) == {spec.name for spec in SPECS if spec.marks}
    assert len(tables) >= 2 * len(set(sources)) + 8


def as_shown(cell: Cell) -> Cell:
    """A page's text has no outer blanks and knows no tab."""
    return cell.strip(" ").replace("\t", " ") if isinstance(cell, str) else cell


@pytest.fixture(scope="module")
def truths(tables, tmp_path_factory: pytest.TempPathFactory):
    """Each table, as it is and as pages show it, with what its xlsx gives."""
    folder = tmp_path_factory.mktemp("truth")
    found: dict[bool, list[tuple[Table, str | None, list[list[str]]]]] = {}
    for is_page in (False, True):
        found[is_page] = []
        for table in tables.values():
            rows = [[as_shown(c) for c in row] for row in table] if is_page else table
            found[is_page].append((rows, *read(folder, writers.xlsx({"名册": rows}))))
    return found


@pytest.mark.parametrize("form", FORMS)
def test_same_rows_in_every_form(tmp_path: Path, tables, truths, form: str):
    for key, (rows, *truth) in zip(
        tables, truths[form in ("html", "mhtml")], strict=True
    ):
        assert (truth[0], bool(truth[1])) == (key[0], True)
        assert list(read(tmp_path, FORMS[form]({"名册": rows}))) == truth, key
