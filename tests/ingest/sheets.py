"""Small sheets and files for the reading tests, and what became of them."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from pipelines import database, ingest
from pipelines.ingest.cells import Merge, PlainRows
from pipelines.ingest.columns import load_columns, texts_left_out
from pipelines.ingest.grid import Sheet
from pipelines.ingest.headings import HeadingFinder
from pipelines.ingest.reports import Lists, SheetReport
from pipelines.ingest.sheet import read_sheet
from pipelines.progress import silent
from pipelines.settings import Reading, Settings
from schemas.idnumber import check_digit
from schemas.kinds import Cell
from schemas.sources import SPECS

Rows = Sequence[Sequence[Cell]]

REGISTER = ("乡", "村", "户编号", "姓名", "证件号码", "户类型", "在校生状况")
ROSTER = ("乡镇", "行政村", "学生姓名", "身份证号", "就读学校", "学年", "补助金额")


def pid(serial: int, birth: str = "20050312") -> str:
    """An invented number that belongs to nobody, its check character right."""
    first17 = f"142230{birth}{serial:03d}"
    return first17 + check_digit(first17)


def register_row(serial: int, **changes: Cell) -> list[Cell]:
    row = dict(
        zip(
            REGISTER,
            ("砚城镇", "城内村", f"1409280001{serial:04d}", f"张{chr(0x4E00 + serial)}",
             pid(serial), "脱贫户", "中职一年级"),
            strict=True,
        )
    )  # fmt: skip
    return list((row | changes).values())


def roster_row(serial: int, **changes: Cell) -> list[Cell]:
    row = dict(
        zip(
            ROSTER,
            ("砚城镇", "城内村", f"张{chr(0x4E00 + serial)}", pid(serial),
             "忻州职业技术学院", "2021-2022学年", 3000),
            strict=True,
        )
    )  # fmt: skip
    return list((row | changes).values())


@dataclass
class Seen:
    """One sheet as it was read: its report, its lists, its data rows by column."""

    report: SheetReport
    lists: Lists
    rows: list[dict[str, str]]

    @property
    def fates(self) -> list[str]:
        """The disposition of each physical row; a data row is ``data``."""
        found = {int(row["row_no"]): "data" for row in self.rows}
        for line in self.lists.lines:
            for row_no in range(line.first, line.last + 1):
                assert row_no not in found
                found[row_no] = line.disposition
        return [found[row_no] for row_no in sorted(found)]

    @property
    def codes(self) -> list[tuple[str, str | None]]:
        return [(issue.code, issue.cell) for issue in self.lists.issues]

    def column(self, name: str) -> list[str]:
        return [row[name] for row in self.rows]


def seen(
    rows: Rows,
    tmp_path: Path,
    *,
    merges: Sequence[Merge] = (),
    file: str = "a.xlsx",
    name: str = "Sheet1",
) -> Seen:
    """Read cells as a reading process does, in this process."""
    sheet = Sheet(
        number=1,
        name=name,
        is_hidden=False,
        height=len(rows),
        rows=lambda: PlainRows(list(row) for row in rows),
        merges=tuple(merges),
    )
    folder = Path(tempfile.mkdtemp(dir=tmp_path))
    report, lists = read_sheet(sheet, 1, file, HeadingFinder(SPECS), folder)
    if report.source is None:
        return Seen(report, lists, [])
    spec = next(s for s in SPECS if s.name == report.source)
    names = [column for column, _ in load_columns(spec)]
    with (folder / f"{spec.name}.csv").open(encoding="utf-8", newline="") as out:
        data = [dict(zip(names, row, strict=True)) for row in csv.reader(out)]
    for row in data:
        row |= {raw: row[raw] or row[at] for raw, at in texts_left_out(spec).items()}
    return Seen(report, lists, data)


def xlsx(*sheets: Rows | tuple[str, Rows]) -> bytes:
    """A workbook of sheets, each its rows, or its name and rows."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False})
    for given in sheets:
        name, rows = given if given and isinstance(given[0], str) else (None, given)
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell is not None and cell != "":
                    sheet.write(at, column, cell)
    book.close()
    return out.getvalue()


def text(rows: Rows, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


REGISTER_FILE = xlsx(
    [["导出时间：2022-12-18"], REGISTER, register_row(1), register_row(2)]
)
ROSTER_FILE = xlsx([ROSTER, roster_row(1), roster_row(2)])


def night(
    tmp_path: Path,
    files: Mapping[str, bytes],
    reading: Reading | None = None,
    headings: str = "",
) -> duckdb.DuckDBPyConnection:
    """Read files, by their path below raw, and leave the night's tables.

    ``headings`` is what headings.toml says; ``out`` beside raw may hold earlier nights.
    """
    raw, work = tmp_path / "raw", tmp_path / "work"
    work.mkdir(parents=True, exist_ok=True)
    raw.mkdir(exist_ok=True)
    for name, content in files.items():
        (raw / name).parent.mkdir(parents=True, exist_ok=True)
        (raw / name).write_bytes(content)
    accepted = tmp_path / "headings.toml"
    accepted.write_text(headings, encoding="utf-8")
    settings = Settings(
        raw=raw,
        out=tmp_path / "out",
        headings=accepted,
        reading=reading or Reading(),
    )
    con = database.open_work(work, settings)
    ingest.read_exports(con, raw, work, settings, silent)
    return con


def fetch(con: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return con.execute(query).fetchall()
