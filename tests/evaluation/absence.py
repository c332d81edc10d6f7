"""Poor exports on the second night: what they may raise and close, which is nothing.

``python -m tests.evaluation.absence --people 3000 --seed 5`` damages every source in every
way, one a night, over one invented county with errors, and prints what went out or was
closed among the rules that rest on absence (specification, ruling 8).
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import openpyxl

from pipelines import night
from pipelines.progress import silent
from pipelines.request import Request
from pipelines.rules import catalogue
from schemas.synth import make_county

ABSENT = {rule.code: rule.absence_of for rule in catalogue() if rule.absence_of}
SOURCES = (
    "monitored_person", "yulu_roster", "yulu_payment", "school_register",
    "monitored_job", "graduate_destination",
)  # fmt: skip
_OPEN = ("new", "open", "issued", "reopened", "answered", "awaiting_proof")


@dataclass(frozen=True)
class Office:
    """A county with its first night published."""

    raw: Path
    out: Path
    as_of: date

    def file_rows(self, source: str) -> dict[tuple[str, str], list[int]]:
        """The accepted rows of a source by file and sheet, as the first night read them."""
        found: dict[tuple[str, str], list[int]] = {}
        for file, sheet, row_no in _query(
            self.out / f"{self.as_of}" / "tables" / "ledger.parquet",
            "select file, sheet, row_no from given where source = "
            f"'{source}' and disposition in ('accepted', 'superseded') order by all",
        ):
            found.setdefault((file, sheet), []).append(row_no)
        return found


Damage = Callable[[Office, Path, str], None]


def truncated(office: Office, raw: Path, source: str) -> None:
    """Every sheet of the source ends early: the last two rows in five are missing."""
    for (file, sheet), rows in office.file_rows(source).items():
        _without(raw / file, sheet, rows[len(rows) * 3 // 5 :])


def filtered(office: Office, raw: Path, source: str) -> None:
    """Somebody left a filter on: one township's rows are not there (or every third)."""
    for (file, sheet), rows in office.file_rows(source).items():
        _without(raw / file, sheet, rows, of_township=True)


def missing(office: Office, raw: Path, source: str) -> None:
    """The files of the source are not there at all."""
    for file in {file for file, _ in office.file_rows(source)}:
        (raw / file).unlink()


def stale(office: Office, raw: Path, source: str) -> None:
    """Nothing new has come for two hundred days: the night is what moves."""


DAMAGES: dict[str, Damage] = {
    "truncated": truncated,
    "filtered": filtered,
    "missing": missing,
    "stale": stale,
}


def office(folder: Path, people: int, seed: int) -> Office:
    """An invented county with errors, and its first night."""
    make_county(folder, people=people, seed=seed, errors=0.3, mess=False)
    raw, out = folder / "raw", folder / "out"
    first = night.run(Request(raw=raw, out=out), silent)
    return Office(raw, out, first.as_of)


def second_night(one: Office, folder: Path, damage: str, source: str) -> list[str]:
    """What the damaged night sent out or closed among the rules that rest on absence."""
    raw, out = folder / "raw", folder / "out"
    shutil.copytree(one.raw, raw)
    shutil.copytree(one.out, out, symlinks=True)
    DAMAGES[damage](one, raw, source)
    later = one.as_of + timedelta(days=200 if damage == "stale" else 1)
    published = night.run(Request(raw=raw, out=out, as_of=later), silent).folder
    assert published is not None
    return [*_wrong(one.out / f"{one.as_of}", published)]


def _wrong(before: Path, after: Path) -> Iterable[str]:
    told = "select finding_no, rule_code, state, held_reason from given"
    known = {no: state for no, _, state, _ in _query(_findings(before), told)}
    for number, code, state, reason in _query(_findings(after), told):
        if code not in ABSENT:
            continue
        if state in _OPEN and known.get(number, "held") == "held":
            yield f"{code} went out"
        elif state == "closed" and known.get(number) in _OPEN:
            yield f"{code} was closed"
        elif state == "held" and not reason:
            yield f"{code} is held without a reason"


def _findings(folder: Path) -> Path:
    return folder / "tables" / "finding.parquet"


def _query(file: Path, sql: str) -> list[tuple[str, ...]]:
    with duckdb.connect() as con:
        con.read_parquet(str(file)).create_view("given")
        return con.execute(sql).fetchall()


def _without(
    path: Path, sheet: str, rows: list[int], *, of_township: bool = False
) -> None:
    """Rewrites a workbook without those rows, or without those of one township."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    if of_township:
        # the column whose values repeat most like a township's: 乡, 镇 at the end
        wanted = [
            (row, str(cell.value))
            for row in rows
            for cell in page[row]
            if str(cell.value or "").endswith(("乡", "镇"))
        ]
        one = wanted[0][1] if wanted else ""
        rows = [row for row, name in wanted if name == one] or rows[::3]
    for row in sorted(set(rows), reverse=True):
        page.delete_rows(row)
    book.save(path)


def main() -> int:
    """One line a damage and source; 0 when nothing went out or was closed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=5)
    asked = parser.parse_args()
    is_wrong = False
    with TemporaryDirectory() as folder:
        one = office(Path(folder) / "first", asked.people, asked.seed)
        for damage in DAMAGES:
            for source in SOURCES if damage != "stale" else ("all",):
                home = Path(folder) / f"{damage}-{source}"
                home.mkdir()
                try:
                    said = (
                        "、".join(second_night(one, home, damage, source)) or "nothing"
                    )
                except Exception as error:  # noqa: BLE001
                    said = f"no night: {type(error).__name__}"
                is_wrong |= said not in ("nothing", "no night: NothingToReadError")
                sys.stdout.write(f"{damage:<10} {source:<22} {said}\n")
                sys.stdout.flush()
                shutil.rmtree(home)
    return int(is_wrong)


if __name__ == "__main__":
    sys.exit(main())
