"""A county whose every file has another form, a quarter of them in an archive, some
with a password, is the same county."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from pipelines import database, ingest
from pipelines.ingest.grid import sheets
from pipelines.ingest.sniff import sniff
from pipelines.progress import silent
from pipelines.settings import Reading, Settings
from schemas.sources import SPECS
from schemas.spec import stg_columns
from schemas.synth import make_county
from tests.ingest import locked, writers
from tests.ingest.sheets import fetch

WORD = "口令2022"
LOCKED = {
    "agile": lambda given: locked.agile(writers.xlsx(given), WORD),
    "rc4": lambda given: locked.rc4(writers.xls(given), WORD),
    "locked ods": lambda given: locked.ods(writers.ods(given), WORD),
}
FORMS = writers.WORKBOOKS | writers.TEXTS | LOCKED
PLACE = ("row_id", "file", "sheet", "row_no")


def in_other_forms(raw: Path, other: Path, seed: int) -> None:
    """Every file again, each in the next form that can hold it."""
    forms = itertools.islice(itertools.cycle(FORMS), seed * 5, None)
    packed: dict[str, str | bytes] = {}
    for number, path in enumerate(sorted(p for p in raw.rglob("*.*") if p.is_file())):
        target = other / path.relative_to(raw)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".toml":
            shutil.copy2(path, target)
            continue
        read = sheets(path, sniff(path), 256 << 20)
        given = {sheet.name: [list(row) for row in sheet.rows()] for sheet in read}
        form = next(f for f in forms if len(given) == 1 or f not in writers.TEXTS)
        target.write_bytes(FORMS[form](given))
        shutil.copystat(path, target)
        if number % 4 == 3:
            packed[target.name] = target.read_bytes()
            target.unlink()
    (other / "包.zip").write_bytes(writers.zipped(packed))


def typed(raw: Path, work: Path) -> dict[str, list[str]]:
    """The typed rows of every source, wherever they stood."""
    work.mkdir()
    settings = Settings(raw=raw, reading=Reading(password_env=("YULU_ONE",)))
    con = database.open_work(work, settings)
    ingest.read_exports(con, raw, work, settings, silent)
    found = {}
    for spec in SPECS:
        names = ", ".join(f'"{n}"' for n, _ in stg_columns(spec) if n not in PLACE)
        rows = fetch(con, f"select {names} from stg_{spec.name}")
        found[spec.name] = sorted(map(repr, rows))
    con.close()
    return found


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1])
def test_the_same_county_in_any_form(tmp_path: Path, seed: int, monkeypatch):
    monkeypatch.setenv("YULU_ONE", WORD)
    make_county(tmp_path, people=400, seed=seed, mess=False, errors=0.2)
    in_other_forms(tmp_path / "raw", tmp_path / "other", seed)
    truth = typed(tmp_path / "raw", tmp_path / "work")
    assert typed(tmp_path / "other", tmp_path / "other work") == truth
    assert all(truth.values())
