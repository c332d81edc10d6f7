"""What one literal night leaves, and for whom."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.errors import YuluError
from pipelines.progress import silent
from pipelines.report import audit, gate, write
from pipelines.report.tables import file_hashes
from tests.report.literal_night import LI, NEAR, SETTINGS, make_night

Night = tuple[Path, duckdb.DuckDBPyConnection]


def numbers(folder: Path, book: str, sheet: str) -> set[str]:
    """The finding numbers of a follow-up table."""
    page = openpyxl.load_workbook(folder / book)[sheet]
    return {str(row[2].value) for row in page.iter_rows(min_row=4) if row[2].value}


def every_text(path: Path) -> str:
    book = openpyxl.load_workbook(path)
    return "\n".join(
        str(cell.value)
        for page in book.worksheets
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None
    )


def test_the_files_of_a_night(night: Night) -> None:
    folder, con = night
    assert [name for name in file_hashes(folder) if not name.startswith("tables/")] == [
        "run.json",
        "三个清单.xlsx",
        "乡镇/三岔镇.xlsx",
        "乡镇/前所乡.xlsx",
        "公示名单.xlsx",
        "回执/认定 (1).xlsx",
        "对账总表.xlsx",
        "录入清单.xlsx",
        "总览.html",
        "村/三岔镇/三岔村.xlsx",
        "村/前所乡/前所村.xlsx",
        "疑似同一人.xlsx",
    ]
    # what the history leaves for later nights goes out as it is
    assert (folder / "tables" / "mem_person.parquet").is_file()
    assert audit(folder, con) == []


def test_a_village_gets_its_own_questions_and_nothing_held(night: Night) -> None:
    folder, _ = night
    book = "村/三岔镇/三岔村.xlsx"
    assert numbers(folder, book, "核查表") == {"A7K2-X", "B3M9-4", "C5P1-8"}
    text = every_text(folder / book)
    assert "赵小军" not in text
    assert "搁置" not in text
    assert gate.leaks(text) == []


def test_a_place_in_doubt_goes_to_the_township(night: Night) -> None:
    folder, _ = night
    assert numbers(folder, "乡镇/三岔镇.xlsx", "乡镇核查表") == {"E1R4-7"}


def test_near_numbers_are_masked_and_still_differ(night: Night) -> None:
    folder, _ = night
    text = every_text(folder / "村/三岔镇/三岔村.xlsx")
    assert f"{LI[:6]}****\n{LI[10:12]}**{LI[-4:]}" in text
    assert f"{NEAR[:6]}****\n{NEAR[10:12]}**{NEAR[-4:]}" in text


def test_headline_keeps_households_people_and_person_periods_apart(
    night: Night,
) -> None:
    run = json.loads((night[0] / "run.json").read_text(encoding="utf-8"))
    assert run["headline"]["2021-2022"] == {
        "households": 4, "people": 4, "person_periods": 4, "yuan": 12000,
        "paid_yuan": 3000, "applied_households": 0, "applied_people": 0, "applied_yuan": 0,
    }  # fmt: skip
    assert run["headline"]["2022-2023"] | {"paid_yuan": None} == {
        "households": 0, "people": 0, "person_periods": 0, "yuan": 0, "paid_yuan": None,
        "applied_households": 1, "applied_people": 1, "applied_yuan": 3000,
    }  # fmt: skip
    assert run["headline_total"]["person_periods"] == 4


def test_a_second_roster_row_counts_its_money_but_not_its_person() -> None:
    con = make_night()
    con.execute(
        "insert into stg_yulu_roster select * replace (99 as row_id, 99 as row_no) "
        "from stg_yulu_roster where row_id = 11"
    )
    con.execute(
        "insert into lnk_roster select * replace (99 as row_id) from lnk_roster "
        "where row_id = 11"
    )
    from pipelines.report.manifest import headline
    from pipelines.report.prepare import prepare

    prepare(con)
    found = headline(con)["2021-2022"]
    assert (found["people"], found["person_periods"], found["yuan"]) == (4, 4, 15000)


def test_the_lists(night: Night) -> None:
    _, con = night

    def rows(query: str) -> list[tuple[object, ...]]:
        return con.execute(query).fetchall()

    assert rows("select period, name, funding from out_list_enrolled order by all") == [
        ("2021-2022", "李小红", "已列入资助名册"),
        ("2021-2022", "王小明", "已列入资助名册"),
        ("2021-2022", "赵小军", "已列入资助名册"),
        ("2022-2023", "王小明", "申报审核中"),
        ("2022-2023", "赵小军", "未列入名册"),
        ("2022-2023", "钱小燕", "未列入名册"),
    ]
    assert rows("select name from out_list_students order by all") == [
        ("孙小丽",), ("李小红",), ("王小明",),
    ]  # fmt: skip
    assert rows("select name, graduation_on::varchar from out_list_graduates") == [
        ("赵小军", "2022-06-30")
    ]


def test_same_night_same_bytes(tmp_path: Path, night: Night) -> None:
    con = make_night()
    con.execute("set threads = 2")
    write(con, tmp_path / "again", SETTINGS, silent)
    assert file_hashes(tmp_path / "again") == file_hashes(night[0])


def test_a_night_without_findings_still_has_its_books(tmp_path: Path) -> None:
    con = make_night()
    con.execute("delete from fnd_finding")
    write(con, tmp_path / "quiet", SETTINGS, silent)
    assert audit(tmp_path / "quiet", con) == []
    assert not (tmp_path / "quiet" / "村").exists()


HOSTILE_VILLAGES = [
    "../../x", "CON", "=1+1", "<b>村</b>", "村\u202e里", "&A村", "村" * 60, "", "合计",
    "13800001234",
]  # fmt: skip


def test_hostile_words_reach_nobody(tmp_path: Path) -> None:
    con = make_night()
    for number, village in enumerate(HOSTILE_VILLAGES):
        con.execute(
            "insert into fnd_finding select * replace (finding_no || ? as finding_no, "
            "? as village, '<script>alert(1)</script>' as township, "
            "subject_id || ? as subject_id) from fnd_finding where finding_no = 'B3M9-4'",
            [f"-{number}", village, f"-{number}"],
        )
    con.execute(
        "update fnd_finding set sentence = ? || sentence", ["=cmd|' /C calc'!A0"]
    )
    con.execute(
        "update fnd_finding set sentence = repeat(sentence, 300) where severity = 'B'"
    )
    con.execute("update raw_yulu_roster set school_level = '电话13800001234'")
    write(con, tmp_path / "n", SETTINGS, silent)
    assert audit(tmp_path / "n", con) == []
    assert [path.name for path in tmp_path.iterdir()] == ["n"]
    books = list((tmp_path / "n" / "村").rglob("*.xlsx"))
    assert len(books) == 2 + len(HOSTILE_VILLAGES)
    assert "<script" not in (tmp_path / "n" / "总览.html").read_text(encoding="utf-8")


def test_an_error_of_the_database_says_nothing_of_the_data(tmp_path: Path) -> None:
    con = make_night()
    con.execute("alter table lnk_person alter birth_on type varchar")
    con.execute("update lnk_person set birth_on = '赵小军的生日'")
    con.execute("alter table lnk_person alter birth_on type varchar")
    with pytest.raises(YuluError) as caught:
        write(con, tmp_path / "n", SETTINGS, silent)
    assert "赵小军" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert "50_items" in str(caught.value)
