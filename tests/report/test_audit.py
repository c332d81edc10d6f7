"""Every way to break an output on purpose, and the audit that stops it."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.report import audit
from pipelines.report.audit import of_tables
from pipelines.report.audit_books import all_rows
from pipelines.report.prepare import prepare
from pipelines.report.tables import file_hashes
from tests.report.literal_night import WANG, make_night

Night = tuple[Path, duckdb.DuckDBPyConnection]
VILLAGE, OTHER = "村/三岔镇/三岔村.xlsx", "村/前所乡/前所村.xlsx"
TOWNSHIP, MAIN, LISTS = "乡镇/三岔镇.xlsx", "对账总表.xlsx", "三个清单.xlsx"
DECIDE, RECEIPT = "疑似同一人.xlsx", "回执/认定 (1).xlsx"


def in_part(book: str, part: str, old: str, new: str) -> Callable[[Path], None]:
    """Changes bytes inside a workbook and leaves everything else as it was."""

    def change(folder: Path) -> None:
        path = folder / book
        with zipfile.ZipFile(path) as given:
            parts = {info: given.read(info) for info in given.infolist()}
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as taken:
            for info, content in parts.items():
                if info.filename == part:
                    assert old.encode() in content, "the mutation must bite"
                    content = content.replace(old.encode(), new.encode(), 1)
                taken.writestr(info, content)

    return change


def add_part(book: str, part: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with zipfile.ZipFile(folder / book, "a") as taken:
            taken.writestr(part, "<x/>")

    return change


def in_cells(
    book: str, edit: Callable[[openpyxl.Workbook], None]
) -> Callable[[Path], None]:
    """Edits a workbook as a person would."""

    def change(folder: Path) -> None:
        opened = openpyxl.load_workbook(folder / book)
        edit(opened)
        opened.save(folder / book)

    return change


def put(sheet: str, cell: str, value: object) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][cell] = value

    return edit


def drop_row(sheet: str, row: int) -> Callable[[openpyxl.Workbook], None]:
    return lambda book: book[sheet].delete_rows(row)


def swap(sheet: str, one: str, two: str) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        page = book[sheet]
        page[one].value, page[two].value = page[two].value, page[one].value

    return edit


def repeat_row(sheet: str, row: int) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        book[sheet].append([cell.value for cell in book[sheet][row]])

    return edit


def unprotect(book: openpyxl.Workbook) -> None:
    book["核查表"].protection.disable()


def unlock(book: openpyxl.Workbook) -> None:
    from openpyxl.styles import Protection

    book["核查表"]["D4"].protection = Protection(locked=False)


def drop_lists(book: openpyxl.Workbook) -> None:
    book["核查表"].data_validations.dataValidation.clear()


def put_list(sheet: str, formula: str) -> Callable[[openpyxl.Workbook], None]:
    def change(book: openpyxl.Workbook) -> None:
        for rule in book[sheet].data_validations.dataValidation:
            rule.formula1 = formula

    return change


def unfreeze(book: openpyxl.Workbook) -> None:
    book["核查表"].freeze_panes = None


def portrait(book: openpyxl.Workbook) -> None:
    book["核查表"].page_setup.orientation = "portrait"


def no_footer(book: openpyxl.Workbook) -> None:
    book["核查表"].oddFooter.left.text = ""


def hide(book: openpyxl.Workbook) -> None:
    book["说明"].sheet_state = "hidden"


def comment(book: openpyxl.Workbook) -> None:
    from openpyxl.comments import Comment

    book["核查表"]["A4"].comment = Comment("x", "y")


def in_run(edit: Callable[[dict[str, object]], None]) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        edit(run)
        (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")

    return change


def on_page(text: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / "总览.html").open("a", encoding="utf-8") as page:
            page.write(text)

    return change


def parquet(name: str, query: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "tables" / f"{name}.parquet"
        con = duckdb.connect()
        con.read_parquet(str(path)).to_table("t")
        con.sql(query).write_parquet(str(path))

    return change


RUN_JSON = {
    "a count altered",
    "a headline altered",
    "a hash altered",
    "run.json emptied",
}
SHEET2 = "xl/worksheets/sheet2.xml"
MUTATIONS: dict[str, Callable[[Path], None]] = {
    # files
    "a book is missing": lambda folder: (folder / VILLAGE).unlink(),
    "a book too many": lambda f: shutil.copy(f / VILLAGE, f / "村/三岔镇/副本.xlsx"),
    "a table is missing": lambda f: (f / "tables" / "finding.parquet").unlink(),
    "a book cut in half": lambda f: (f / MAIN).write_bytes((f / MAIN).read_bytes()[:9000]),
    "a link instead of a book": lambda f: (
        (f / VILLAGE).rename(f.parent / "x"), (f / VILLAGE).symlink_to(f.parent / "x")
    ),
    "a book that others may read": lambda folder: (folder / VILLAGE).chmod(0o644),
    "two villages' books exchanged": lambda f: (
        (f / VILLAGE).rename(f.parent / "x"), (f / OTHER).rename(f / VILLAGE),
        (f.parent / "x").rename(f / OTHER),
    ),
    # cells
    "a row lost": in_cells(MAIN, drop_row("差异清单", 5)),
    "a row doubled": in_cells(MAIN, repeat_row("差异清单", 5)),
    "two cells exchanged": in_cells(MAIN, swap("差异清单", "A5", "A6")),
    "an amount altered": in_cells(MAIN, put("差异清单", "L5", 1)),
    "an ID as a number": in_cells(LISTS, put("②在读学生", "H5", 142230200405061214)),
    "a date altered": in_cells(LISTS, put("②在读学生", "M5", "2021-09-02")),
    "a total altered": in_cells(MAIN, put("总览", "C8", 577)),
    "a heading altered": in_cells(MAIN, put("文件回执", "A4", "文件名")),
    "a held row lost": in_cells(MAIN, drop_row("隔离行", 5)),
    "a question altered": in_cells(VILLAGE, put("核查表", "G4", "没有问题")),
    "a question lost": in_cells(VILLAGE, drop_row("核查表", 4)),
    "an answer filled in": in_cells(VILLAGE, put("核查表", "H4", "属实")),
    "another village's number": in_cells(VILLAGE, put("说明", "A30", "见 F6T3-9")),
    "a village's figure altered": in_cells(TOWNSHIP, put("汇总", "H5", 0)),
    "a side altered": in_cells(DECIDE, put("待认定", "C5", "李小红")),
    "an answer decided beforehand": in_cells(DECIDE, put("待认定", "G5", "同一人")),
    "another choice of people": in_cells(DECIDE, put_list("待认定", '"同一人,不是同一人"')),
    "a decision altered": in_cells(DECIDE, put("已有答复", "C5", "不是同一人")),
    "a refusal taken back": in_cells(RECEIPT, put("回执", "C5", "采用")),
    "a receipt's row lost": in_cells(RECEIPT, drop_row("回执", 5)),
    # form
    "the decisions unprotected": in_cells(
        DECIDE, lambda b: setattr(b["待认定"].protection, "sheet", False)
    ),
    "protection off": in_cells(VILLAGE, unprotect),
    "a question unlocked": in_cells(VILLAGE, unlock),
    "drop-downs gone": in_cells(VILLAGE, drop_lists),
    "panes not frozen": in_cells(VILLAGE, unfreeze),
    "portrait": in_cells(VILLAGE, portrait),
    "no classification in the footer": in_cells(VILLAGE, no_footer),
    "a sheet hidden": in_cells(VILLAGE, hide),
    "a comment": in_cells(VILLAGE, comment),
    # what acts
    "a formula": in_cells(VILLAGE, put("核查表", "J4", "=1+1")),
    "a link": in_part(VILLAGE, SHEET2, "<pageMargins", "<hyperlinks><hyperlink/></hyperlinks><pageMargins"),
    "an external list": in_part(VILLAGE, SHEET2, '<formula1>"', '<formula1>[1]x"'),
    "a macro": add_part(VILLAGE, "xl/vbaProject.bin"),
    "an external link": add_part(MAIN, "xl/externalLinks/externalLink1.xml"),
    # what leaks
    "a number in a receipt": in_cells(RECEIPT, put("回执", "A30", WANG)),
    "a full number": in_cells(VILLAGE, put("说明", "A30", WANG)),
    "a number with blanks": in_cells(OTHER, put("说明", "A30", f"{WANG[:6]} {WANG[6:]}")),
    "a card": in_cells(TOWNSHIP, put("说明", "A30", "62128" + "0" * 14)),
    "a telephone": in_cells(VILLAGE, put("说明", "A30", "电话13800001234")),
    "a number in the properties": in_part(VILLAGE, "docProps/core.xml", "<dc:title>", f"<dc:title>{WANG}"),
    "a number in the footer": in_part(VILLAGE, SHEET2, "&amp;R", f"&amp;R{WANG}"),
    "a number on the page": on_page(f"<p>{WANG}</p>"),
    "a script on the page": on_page("<script>1</script>"),
    "a picture from the network": on_page("<img src='http://x.example/a.png'>"),
    # tables and run.json
    "a table's row lost": parquet("finding", "select * from t limit 3"),
    "a table's row doubled": parquet("ledger", "select * from t union all (select * from t limit 1)"),
    "a table's value altered": parquet("finding", "select * replace (yuan_at_stake + 1 as yuan_at_stake) from t"),
    "a headline altered": in_run(lambda run: run["headline"]["2021-2022"].update(people=577)),  # type: ignore[attr-defined,index]
    "a hash altered": in_run(lambda run: run["outputs"].update({MAIN: "0" * 64})),  # type: ignore[attr-defined]
    "a count altered": in_run(lambda run: run["counts"]["files"].update(read=9)),  # type: ignore[attr-defined,index]
    "run.json emptied": lambda folder: (folder / "run.json").write_text("{", encoding="utf-8"),
}  # fmt: skip


def rehash(folder: Path) -> None:
    """Lets run.json agree with the files, as one who covers his traces would."""
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    run["outputs"] = {n: h for n, h in file_hashes(folder).items() if n != "run.json"}
    (folder / "run.json").write_text(json.dumps(run), encoding="utf-8")


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_broken_output_is_stopped(name: str, night: Night, tmp_path: Path) -> None:
    folder, con = night
    broken = tmp_path / "broken"
    shutil.copytree(folder, broken)
    MUTATIONS[name](broken)
    if name not in RUN_JSON:
        rehash(broken)
    shortfalls = audit(broken, con)
    assert shortfalls
    assert not any(WANG in line or "13800001234" in line for line in shortfalls)


@pytest.mark.parametrize("book", [VILLAGE, TOWNSHIP, MAIN, LISTS, DECIDE, RECEIPT])
def test_opening_and_saving_alone_breaks_nothing(
    book: str, night: Night, tmp_path: Path
) -> None:
    folder, con = night
    shutil.copytree(folder, tmp_path / "same")
    in_cells(book, lambda opened: None)(tmp_path / "same")
    rehash(tmp_path / "same")
    assert audit(tmp_path / "same", con) == []


# Work tables that do not agree: the night itself went wrong before anything was written.
DAMAGES = {
    "a staged row without a ledger line": "delete from ing_ledger where row_id = 1",
    "a ledger line without its row": "delete from stg_yulu_roster where row_id = 13",
    "a held row thrown away": "delete from raw_yulu_roster where row_id = 16",
    "a ledger line twice": "insert into ing_ledger select * from ing_ledger where row_id = 1",
    "a roster row without a link": "delete from lnk_roster where row_id = 14",
    "a roster row linked twice": (
        "insert into lnk_roster select * replace ('x9' as subject_key) from lnk_roster "
        "where row_id = 11"
    ),
    "a subject twice": "insert into lnk_subject select * from lnk_subject",
    "a person twice": "insert into lnk_person select * from lnk_person",
    "a rule twice": "insert into ref_rule select * from ref_rule",
    "a rule unknown": "delete from ref_rule where rule_code = 'OMI_VOC_NO_YULU'",
    "a finding twice": "insert into fnd_finding select * from fnd_finding limit 1",
    "a finding without a sentence": "update fnd_finding set sentence = ''",
    "a held finding without a reason": "update fnd_finding set held_reason = null",
}


@pytest.fixture(scope="module")
def work() -> Iterator[duckdb.DuckDBPyConnection]:
    con = make_night()
    yield con
    con.close()


def test_a_table_of_another_kind_beside_the_rest_stops_nobody(
    work: duckdb.DuckDBPyConnection,
) -> None:
    """Its rows are held without being staged: a telephone list next to a roster."""
    work.execute("begin transaction")
    try:
        work.execute(
            "insert into ing_ledger by name select * replace (row_id + 1000 as row_no, "
            "null as row_id, null as source, 'held' as disposition) from ing_ledger "
            "where row_id = 11"
        )
        prepare(work)
        found = list(of_tables(work, all_rows(work)))
        assert [line for line in found if line.startswith("台账不平")] == []
    finally:
        work.execute("rollback")


@pytest.mark.parametrize("name", DAMAGES)
def test_a_night_that_does_not_add_up_is_stopped(
    name: str, work: duckdb.DuckDBPyConnection
) -> None:
    work.execute("begin transaction")
    try:
        work.execute(DAMAGES[name])
        prepare(work)
        assert list(of_tables(work, all_rows(work)))
    finally:
        work.execute("rollback")
