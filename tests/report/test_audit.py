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


def in_page(old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "总览.html"
        text = path.read_text(encoding="utf-8")
        assert old in text, "the mutation must bite"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


ACCOUNT = "6217000000000012345"
ARABIC = {ord(str(n)): chr(0x660 + n) for n in range(10)}


def parquet(name: str, query: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / "tables" / f"{name}.parquet"
        con = duckdb.connect()
        con.read_parquet(str(path)).to_table("t")
        con.sql(query).write_parquet(str(path))

    return change


def add_sheet(state: str) -> Callable[[openpyxl.Workbook], None]:
    def edit(book: openpyxl.Workbook) -> None:
        book.create_sheet("备查").sheet_state = state

    return edit


def move_row(folder: Path) -> None:
    """A question of one village is asked in another village's book."""
    given = openpyxl.load_workbook(folder / VILLAGE)
    taken = openpyxl.load_workbook(folder / OTHER)
    for cell in given["核查表"][4]:
        taken["核查表"].cell(5, cell.column).value = cell.value
    taken.save(folder / OTHER)


def hide_row(book: openpyxl.Workbook) -> None:
    book["核查表"].row_dimensions[4].hidden = True


def hide_column(book: openpyxl.Workbook) -> None:
    book["差异清单"].column_dimensions["K"].hidden = True


def name_range(book: openpyxl.Workbook) -> None:
    from openpyxl.workbook.defined_name import DefinedName

    book.defined_names["Auto_Open"] = DefinedName("Auto_Open", attr_text="核查表!$A$1")


def link(book: openpyxl.Workbook) -> None:
    book["核查表"]["E4"].hyperlink = "https://x.example/"


def computed_list(book: openpyxl.Workbook) -> None:
    rule = book["核查表"].data_validations.dataValidation[0]
    rule.formula1 = "=INDIRECT(A1)"


def other_list(book: openpyxl.Workbook) -> None:
    rule = book["核查表"].data_validations.dataValidation[0]
    rule.formula1 = '"属实,已打款"'


def condition(book: openpyxl.Workbook) -> None:
    from openpyxl.formatting.rule import FormulaRule

    book["核查表"].conditional_formatting.add("A4:A9", FormulaRule(["A4=1"]))


def keyword(book: openpyxl.Workbook) -> None:
    book.properties.keywords = "编号 YAAA-AAAA"


def a_property(book: openpyxl.Workbook) -> None:
    from openpyxl.packaging.custom import StringProperty

    book.custom_doc_props.append(StringProperty(name="来源", value=WANG))


def creator(book: openpyxl.Workbook) -> None:
    book.properties.creator = f"王{WANG}"


def footer(book: openpyxl.Workbook) -> None:
    book["入户卡"].oddFooter.left.text = "内部资料 注意保密"


def renamed(book: openpyxl.Workbook) -> None:
    book["入户卡"].title = "卡"


def unmask(book: openpyxl.Workbook) -> None:
    page = book["核查表"]
    masked = str(page["B4"].value)
    assert "**" in masked, "the mutation must bite"
    page["B4"] = masked.replace("*", "0")


def in_table(sheet: str, old: str, new: object) -> Callable[[openpyxl.Workbook], None]:
    """The first cell of a sheet that holds one value gets another."""

    def edit(book: openpyxl.Workbook) -> None:
        cells = (cell for line in book[sheet].iter_rows() for cell in line)
        next(cell for cell in cells if str(cell.value) == old).value = new

    return edit


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
    "an answer filled in": in_cells(VILLAGE, put("核查表", "I4", "属实")),
    "another village's number": in_cells(VILLAGE, put("说明", "A30", "见 F6T3-9")),
    "a village's figure altered": in_cells(TOWNSHIP, put("汇总", "H5", 0)),
    "a side altered": in_cells(DECIDE, put("待认定", "C5", "李小红")),
    "an answer decided beforehand": in_cells(DECIDE, put("待认定", "G5", "同一人")),
    "another choice of people": in_cells(DECIDE, put_list("待认定", '"同一人,不是同一人"')),
    "a decision altered": in_cells(DECIDE, put("已有答复", "C5", "不是同一人")),
    "a refusal taken back": in_cells(RECEIPT, put("回执", "C5", "采用")),
    "a receipt's row lost": in_cells(RECEIPT, drop_row("回执", 5)),
    "a question asked of another village": move_row,
    "a number unmasked": in_cells(VILLAGE, unmask),
    "a wrong period": in_cells(MAIN, in_table("差异清单", "2021-2022", "2022-2023")),
    "the change since the last copy altered": in_cells(VILLAGE, put("核查表", "D4", "未变")),
    "the number that waits altered": in_cells(TOWNSHIP, put("汇总", "I5", 3)),
    "what was sent altered": in_cells(MAIN, put("下发情况", "E5", 9)),
    "a card lost": in_cells(VILLAGE, drop_row("入户卡", 3)),
    "a card altered": in_cells(VILLAGE, put("入户卡", "B4", "没有问题")),
    "the day of return altered": in_cells(VILLAGE, in_table("说明", "交回时间", "时间")),
    "the cover altered": in_cells(VILLAGE, put("说明", "B5", "不用查了。")),
    "a key to enter altered": in_cells("录入清单.xlsx", put("待确认", "F5", WANG)),
    "a rule altered": in_cells(MAIN, put("规则说明", "B5", "别的")),
    "a source altered": in_cells(MAIN, put("来源", "H5", "A1")),
    "a name too many in public": in_cells("公示名单.xlsx", repeat_row("公示名单", 5)),
    "a column too many in public": in_cells("公示名单.xlsx", put("公示名单", "G4", "户主")),
    "a figure of the page altered": in_page("</td>", "0</td>"),
    # form
    "a sheet too many": in_cells(VILLAGE, add_sheet("visible")),
    "a hidden sheet too many": in_cells(MAIN, add_sheet("veryHidden")),
    "a sheet renamed": in_cells(VILLAGE, renamed),
    "a row hidden": in_cells(VILLAGE, hide_row),
    "a column hidden": in_cells(MAIN, hide_column),
    "another drop-down": in_cells(VILLAGE, other_list),
    "no mark in a footer": in_cells(VILLAGE, footer),
    "another mark in the properties": in_cells(VILLAGE, keyword),
    "another mark on the cover": in_part(
        VILLAGE, "xl/sharedStrings.xml", "本件发给 三岔镇三岔村", "本件发给 三岔镇羊坊村"
    ),
    "another mark on the page": in_page("编号 Y", "编号 Y222-2222 Y"),
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
    "a named range": in_cells(VILLAGE, name_range),
    "a link in a cell": in_cells(VILLAGE, link),
    "a computed list": in_cells(VILLAGE, computed_list),
    "a computed format": in_cells(VILLAGE, condition),
    "a chart of another book": in_part(
        MAIN, "xl/charts/chart1.xml", "<c:f>总览!", "<c:f>[1]总览!"
    ),
    "a link in a drawing": in_part(
        MAIN, "xl/drawings/drawing1.xml", "<xdr:cNvPr ", "<a:hlinkClick/><xdr:cNvPr "
    ),
    "an attribute that acts": on_page('<p onclick="x()">'),
    "a remark on the page": on_page("<!-- 备注 -->"),
    "a picture in the page": on_page('<p style="background:url(data:x)">'),
    # what leaks
    "a number in the title of a chart": in_part(
        MAIN, "xl/charts/chart1.xml", "<a:t>", "<a:t>6212801234567890123"
    ),
    "a custom property": in_cells(VILLAGE, a_property),
    "a number as author": in_cells(VILLAGE, creator),
    "a number in a list": in_part(VILLAGE, SHEET2, '<formula1>"', f'<formula1>"{WANG},'),
    "a number in pieces": in_cells(
        VILLAGE, put("说明", "A30", "\u200b".join(WANG[at : at + 3] for at in range(0, 18, 3)))
    ),
    "a number in dots": in_cells(
        VILLAGE, put("说明", "A30", f"{WANG[:6]}·{WANG[6:10]}·{WANG[10:14]}·{WANG[14:]}")
    ),
    "a number in Arabic figures": in_cells(
        VILLAGE, put("说明", "A30", WANG.translate(ARABIC))
    ),
    "a telephone in pieces": in_cells(VILLAGE, put("说明", "A30", "1 3 8 0 0 0 0 1 2 3 4")),
    "a stranger's name": in_cells(OTHER, put("说明", "A30", "请问王小明")),
    "an account in the county's book": in_cells(MAIN, put("差异清单", "N5", ACCOUNT)),
    "an account in a table": parquet(
        "finding", f"select * replace ('{ACCOUNT}' as observed) from t"
    ),
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


# Half a second each: a third of them every time, all of them with the slow ones.
@pytest.mark.parametrize(
    "name",
    [
        name if at % 3 == 0 else pytest.param(name, marks=pytest.mark.slow)
        for at, name in enumerate(MUTATIONS)
    ],
)
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
