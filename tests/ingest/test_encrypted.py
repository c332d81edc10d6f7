"""Workbooks with a password open when the settings know it, and are named when not."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from pipelines import database, ingest, settings
from pipelines.ingest import child
from pipelines.ingest.job import Job
from pipelines.progress import silent
from pipelines.settings import Reading, Settings
from schemas.sources import SPECS
from tests.ingest import locked, writers
from tests.ingest.sheets import REGISTER, fetch, night, pid, register_row

ROWS = [REGISTER, register_row(1), register_row(2)]
XLSX, XLS = writers.xlsx({"名册": ROWS}), writers.xls({"名册": ROWS})
ODS = writers.ods({"名册": ROWS})
FORMS = {
    "agile": lambda word: locked.agile(XLSX, word),
    "standard": lambda word: locked.standard(XLSX, word),
    "rc4": lambda word: locked.rc4(XLS, word),
    "ods": lambda word: locked.ods(ODS, word),
}
KINDS = {"agile": "xlsx", "standard": "xlsx", "rc4": "xls", "ods": "ods"}
FILES = "select file, sniffed_type, outcome, issue_code, rows from ing_file"


def answer(tmp_path: Path, content: bytes, *names: str) -> dict[str, Any]:
    """What a reading process answers; it leaves nothing in the clear."""
    copy, target = tmp_path / "copy", tmp_path / "target"
    copy.write_bytes(content)
    target.mkdir()
    found = child.answer(
        Job(1, copy, "a.xls", target, SPECS, 1024, 60, 64, 0, password_env=names)
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "target"]
    return found


@pytest.mark.parametrize("form", FORMS)
def test_opens_with_the_right_one_of_several(tmp_path: Path, form: str, monkeypatch):
    monkeypatch.setenv("YULU_ONE", "not this")
    monkeypatch.setenv("YULU_TWO", "雨露2022")
    names = ("YULU_ONE", "YULU_GONE", "YULU_TWO")
    found = answer(tmp_path, FORMS[form]("雨露2022"), *names)
    assert found["sniffed"] == KINDS[form]
    assert [sheet["data_rows"] for sheet in found["sheets"]] == [2]


@pytest.mark.parametrize("form", FORMS)
def test_everybodys_password_is_none(tmp_path: Path, form: str):
    found = answer(tmp_path, FORMS[form]("VelvetSweatshop"))
    assert [sheet["data_rows"] for sheet in found["sheets"]] == [2]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("names", "said"),
    [((), "工作簿设了打开密码"), (("YULU_ONE",), "设置里的密码打不开它")],
)
def test_refused_without_the_right_one(
    tmp_path: Path, form: str, names, said, monkeypatch
):
    monkeypatch.setenv("YULU_ONE", "not this")
    found = answer(tmp_path, FORMS[form]("雨露2022"), *names)
    assert (found["refused"], found["reason"]) == ("ING_ENCRYPTED", said)


def test_a_night_opens_it_and_keeps_the_word_to_itself(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("YULU_ONE", "canary-word")
    files = {"a.xlsx": FORMS["agile"]("canary-word")}
    con = night(tmp_path, files, Reading(password_env=("YULU_ONE",)))
    assert fetch(con, FILES) == [("a.xlsx", "xlsx", "read", None, 3)]
    left = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in left if b"canary-word" in path.read_bytes()]


def test_settings_name_variables_and_never_hold_the_word(tmp_path: Path):
    file = tmp_path / "yulu.toml"
    file.write_text('[reading]\npassword_env = ["YULU_ONE", "YULU_TWO"]\n')
    assert settings.load(file).reading.password_env == ("YULU_ONE", "YULU_TWO")


def test_read_only_and_locked_structure_are_no_passwords(tmp_path: Path):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.read_only_recommended()
    sheet = book.add_worksheet("名册")
    for at, row in enumerate(ROWS):
        sheet.write_row(at, 0, row)
    sheet.protect("word")
    book.close()
    found = answer(tmp_path, out.getvalue())
    assert [sheet["data_rows"] for sheet in found["sheets"]] == [2]


def test_an_old_workbook_that_only_may_not_be_changed(tmp_path: Path):
    book = xlwt.Workbook()
    book.protect = book.wnd_protect = True
    sheet = book.add_sheet("名册")
    sheet.protect, sheet.password = True, "word"
    for at, row in enumerate(ROWS):
        for column, cell in enumerate(row):
            sheet.write(at, column, cell)
    out = io.BytesIO()
    book.save(out)
    found = answer(tmp_path, out.getvalue())
    assert [sheet["data_rows"] for sheet in found["sheets"]] == [2]


def test_nothing_that_a_password_opened_is_kept(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("YULU_ONE", "word")
    raw, work, kept = (tmp_path / name for name in ("raw", "work", "kept"))
    raw.mkdir()
    work.mkdir()

    def book(serial: int) -> bytes:
        return writers.xlsx({"名册": [REGISTER, register_row(serial)]})

    (raw / "a.xlsx").write_bytes(locked.agile(book(1), "word"))
    (raw / "b.zip").write_bytes(locked.aes_zip("b.xlsx", book(2), b"word"))
    (raw / "c.xlsx").write_bytes(book(3))
    given = Settings(raw=raw, reading=Reading(password_env=("YULU_ONE",)))
    con = database.open_work(work, given)
    ingest.read_exports(con, raw, work, given, silent, None, kept)
    read = fetch(con, "select file from ing_file where rows > 0 order by file")
    assert read == [("a.xlsx",), ("b.zip!b.xlsx",), ("c.xlsx",)]
    words = "".join(p.read_text() for p in kept.rglob("*") if p.is_file())
    assert [pid(serial) in words for serial in (1, 2, 3)] == [False, False, True]
