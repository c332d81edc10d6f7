"""Each copy says whom it is for, can be traced, and opens with its own password."""

from __future__ import annotations

import hashlib
import json
import shutil
import stat
import subprocess
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines import settings
from pipelines.commands.explain import explain
from pipelines.errors import UsageError
from pipelines.report.marks import mark_of
from pipelines.report.protect import decrypted, encrypted, lock_books, passwords
from tests.report.literal_night import AS_OF

Night = tuple[Path, duckdb.DuckDBPyConnection]
VILLAGE, TOWNSHIP, MAIN = (
    "村/三岔镇/三岔村.xlsx", "乡镇/三岔镇.xlsx", "对账总表.xlsx",
)  # fmt: skip
MARK = mark_of("五寨县", AS_OF, VILLAGE)
LINE = f"本件发给 三岔镇三岔村，编号 {MARK}"


def shows_mark(path: Path) -> dict[str, bool]:
    """Sheet → whether its cells and its footer show the village's mark."""
    book = openpyxl.load_workbook(path)
    return {
        page.title: any(
            MARK in str(cell.value) for line in page.iter_rows() for cell in line
        )
        and MARK in str(page.oddFooter.left.text)
        for page in book.worksheets
    }


def test_every_sheet_bears_the_mark(night: Night) -> None:
    path = night[0] / VILLAGE
    assert shows_mark(path) == {"说明": True, "核查表": True, "入户卡": True}
    book = openpyxl.load_workbook(path)
    assert LINE in book["说明"]["A2"].value
    assert MARK in book.properties.keywords


def test_saving_again_keeps_it(night: Night, tmp_path: Path) -> None:
    openpyxl.load_workbook(night[0] / VILLAGE).save(tmp_path / "again.xlsx")
    assert all(shows_mark(tmp_path / "again.xlsx").values())


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
def test_libreoffice_keeps_it(night: Night, tmp_path: Path) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
         "--convert-to", "xlsx", "--outdir", tmp_path, night[0] / VILLAGE],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    saved = tmp_path / "三岔村.xlsx"
    assert all(shows_mark(saved).values())
    assert MARK in openpyxl.load_workbook(saved).properties.keywords


def test_marks_say_nothing_and_differ(night: Night) -> None:
    _, con = night
    con.execute("select mark from out_mark")
    marks = [mark for (mark,) in con.fetchall()]
    assert len(set(marks)) == len(marks) > 8
    assert mark_of("五寨县", AS_OF, VILLAGE) == MARK
    assert mark_of("五寨县", AS_OF, TOWNSHIP) != MARK


def published(night: Night, out: Path) -> Path:
    folder = out / AS_OF.isoformat()
    shutil.copytree(night[0], folder)
    (out / "latest").symlink_to(folder.name)
    return out


@pytest.mark.parametrize("asked", [MARK, MARK.replace("-", ""), MARK.lower()])
def test_a_leaked_copy_is_traced(night: Night, tmp_path: Path, asked: str) -> None:
    assert list(explain([asked], published(night, tmp_path), "14")) == [
        f"编号 {MARK}　2023-09-25 发给 三岔镇三岔村",
        f"文件　{VILLAGE}",
    ]


def test_an_unknown_mark_is_told_so(night: Night, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="没有发出过"):
        list(explain(["YAAA-AAAA"], published(night, tmp_path), "14"))


NAMED = {"县级": "P_COUNTY", "村": "P_ALL", "三岔镇/三岔村": "P_OWN"}


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    told = {"P_COUNTY": "县密码1", "P_ALL": "各村2", "P_OWN": "三岔3"}
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    return told


def test_each_book_opens_with_its_own_password(
    night: Night, tmp_path: Path, given: dict[str, str]
) -> None:
    folder, con = tmp_path / "n", night[1]
    shutil.copytree(night[0], folder)
    locked = lock_books(con, folder, NAMED)
    assert VILLAGE in locked
    assert TOWNSHIP not in locked
    assert "公示名单.xlsx" not in locked
    for book, password in {
        VILLAGE: "三岔3", "村/前所乡/前所村.xlsx": "各村2", MAIN: "县密码1",
    }.items():  # fmt: skip
        sealed = (folder / book).read_bytes()
        assert decrypted(sealed, password) == (night[0] / book).read_bytes()
        assert stat.S_IMODE((folder / book).stat().st_mode) == 0o600
        for _, other in sorted(given.items()):
            if other != password:
                with pytest.raises(Exception, match=r"(?i)password|key"):
                    decrypted(sealed, other)
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert run["encrypted"] == locked
    assert {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest()
        for name in run["outputs"]
    } == run["outputs"]


def test_same_book_same_password_same_bytes(night: Night) -> None:
    one, other = ((night[0] / book).read_bytes() for book in (VILLAGE, TOWNSHIP))
    assert encrypted(one, "甲") == encrypted(one, "甲")
    assert encrypted(one, "甲") != encrypted(one, "乙")
    assert encrypted(one, "甲")[:4096] != encrypted(other, "甲")[:4096]


def test_a_password_that_is_not_there_stops_the_night(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("P_COUNTY", raising=False)
    with pytest.raises(UsageError, match="县级"):
        passwords({"县级": "P_COUNTY"})


def test_settings_name_variables_and_numbers(tmp_path: Path) -> None:
    file = tmp_path / "yulu.toml"
    file.write_text('[passwords]\n"村" = "V"\n[visits.doors]\n"三岔镇" = 9\n')
    found = settings.load(file, raw=tmp_path, out=tmp_path)
    assert found.visits.doors == {"三岔镇": 9}
    assert found.reading.password_env == ("V",)
    for wrong in ('[passwords]\n"村" = 3\n', '[visits.doors]\n"三岔镇" = "多"\n'):
        file.write_text(wrong)
        with pytest.raises(UsageError):
            settings.load(file, raw=tmp_path, out=tmp_path)
