"""Every hostile file gets its declared verdict, and harms no other file."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from pathlib import Path

import pytest

from pipelines import database, ingest
from pipelines.issues import ISSUES
from pipelines.progress import silent
from pipelines.settings import Reading, Settings
from tests.ingest import hostile_cells, hostile_files
from tests.ingest.sheets import fetch

BOUNDED = Reading(seconds=30, memory_mib=1024, largest_inflated_mib=512)
FILES = "select file, outcome, issue_code from ing_file order by file"
ROWS = """
    select file, count(*) from ing_ledger where disposition = 'accepted' group by file
"""


FAMILIES = {**hostile_files.FAMILIES, **hostile_cells.FAMILIES}


@pytest.mark.parametrize("family", FAMILIES)
def test_declared_verdicts(tmp_path: Path, family: str, capfd):
    cases = FAMILIES[family]()
    raw, work = tmp_path / "raw", tmp_path / "work"
    raw.mkdir()
    work.mkdir()
    for case in cases:
        if callable(case.content):
            case.content(raw / case.name)
        elif "!" not in case.name.replace("!A1", "") and case.content:
            (raw / case.name).write_bytes(case.content)
        elif case.code == "ING_EMPTY":
            (raw / case.name).touch()
    good = [f"好/{n}.xlsx" for n in range(3)]
    (raw / "好").mkdir()
    for name in good:
        (raw / name).write_bytes(hostile_files.book())
    before = states(raw)

    settings = Settings(raw=raw, reading=BOUNDED)
    con = database.open_work(work, settings)
    ingest.read_exports(con, raw, work, settings, silent)

    expected = {c.name: (c.outcome, c.code) for c in cases if c.outcome}
    expected |= dict.fromkeys(good, ("read", None))
    assert {file: tuple(rest) for file, *rest in fetch(con, FILES)} == expected
    rows = {case.name: case.rows for case in cases if case.rows}
    assert dict(fetch(con, ROWS)) == rows | dict.fromkeys(good, 2)
    assert before == states(raw)
    assert not (work / "reading").exists()
    check_words(
        fetch(con, "select file, issue_code, text_zh, advice_zh from ing_issue")
    )
    said = fetch(con, "select file, issue_code, cell from ing_issue")
    for name in {case.name for case in cases} & hostile_cells.SAID.keys():
        told = {" ".join(filter(None, about)) for file, *about in said if file == name}
        assert set(hostile_cells.SAID[name]) <= told, (name, told)
    assert hostile_files.CANARY not in "".join(capfd.readouterr())


def states(raw: Path) -> dict[Path, tuple[object, ...]]:
    """Kind, mode, time and content of everything in the folder."""
    found = {}
    for path in raw.rglob("*"):
        state = os.lstat(path)
        is_file = stat.S_ISREG(state.st_mode)
        content = hashlib.sha256(path.read_bytes()).digest() if is_file else b""
        found[path] = (state.st_mode, state.st_mtime_ns, state.st_size, content)
    return found


def check_words(issues) -> None:
    """Every message is Chinese, says what to do, and quotes no cell."""
    for file, code, said, advice in issues:
        assert file
        assert advice == ISSUES[code].advice
        assert re.search("[\u4e00-\u9fff]", said)
        assert hostile_files.CANARY not in said
        assert not re.search("Traceback|Error|[0-9]{15}", said), said
