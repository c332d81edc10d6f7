"""The second count sees what readers lose in silence, and says where."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from pipelines.ingest.container import Refused
from pipelines.ingest.counts import count_text, count_xlsx, disagreement
from pipelines.ingest.counts.record import Count, is_long
from pipelines.ingest.grid import sheets
from tests.ingest.parts import MAIN, SHEET, book, parts, row, zipped
from tests.ingest.sheets import REGISTER, fetch, night, register_row, text

LIMIT = 64 << 20
FILES = "select outcome, issue_code from ing_file order by file"


def count(tmp_path: Path, content: bytes) -> Count:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    (sheet,) = count_xlsx(path, LIMIT)
    assert sheet.count is not None
    return sheet.count


def one(body: str) -> str:
    return f'<row r="1"><c r="A1" t="s"><v>0</v></c>{body}</row>'


@pytest.mark.parametrize(
    ("sheet", "filled"),
    [
        (one(""), [1]),
        (one('<c r="B1"/><c r="C1" s="4"/><c r="D1"><v></v></c>'), [1]),
        (one('<c r="B1" t="s"><v>1</v></c>'), [1]),  # a shared text that is empty
        (one('<c r="B1" t="str"><v><![CDATA[ab]]></v></c>'), [2]),
        (one('<c r="B1"><!-- x --><v>1</v></c>'), [2]),
        (one("<c><v>1</v></c><c><v>2</v></c>"), [3]),
        ("<row><c><v>1</v></c></row><row/><row><c><v>1</v></c></row>", [1, 0, 1]),
        (one('<c r="C3"><v>1</v></c>'), [1, 0, 1]),  # the cell's own address stands
        (one('<c r="A1"><v>1</v></c>'), [2]),  # twice the same address
        (f'<x:row xmlns:x="{MAIN}" r="2"><x:c r="B2"><x:v>1</x:v></x:c></x:row>', [0, 1]),
        (one('<c r="B1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c>'), [2]),
        (one('<c r="B1" t="inlineStr"><is><t/><rPh><t>a</t></rPh></is></c>'), [1]),
        (one('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), [2]),
        (one('<c r="B1"><f>A1</f></c>'), [1]),
        (one('<c r="B1"><v>1</v><v></v></c>'), [1]),
    ],
)  # fmt: skip
def test_cells_of_each_row(tmp_path: Path, sheet: str, filled: list[int]):
    assert (
        count(tmp_path, book(sheet, texts="<si><t>a</t></si><si><t/></si>")).filled
        == filled
    )


def test_errors_formulas_long_numbers_and_what_is_out_of_sight(tmp_path: Path):
    sheet = (
        '<row r="2" hidden="1"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><f>1</f></c>'
        '<c r="C2"><v>142230200503120016</v></c><c r="D2"><f>1</f><v>1</v></c></row>'
        '||<autoFilter ref="A1:D2"><filterColumn colId="0"/></autoFilter>'
    )
    files = parts(sheet)
    files[SHEET] = files[SHEET].replace(
        "<sheetData>", '<cols><col min="2" max="3" hidden="1"/></cols><sheetData>'
    )
    found = count(tmp_path, zipped(files))
    assert found.errors == {(1, 0): "#N/A"}
    assert found.valueless == {(1, 1)}
    assert found.long_numbers == {(1, 2)}
    assert (found.facts.formulas, found.facts.hidden_rows) == (2, 1)
    assert (found.facts.hidden_columns, found.facts.is_filtered) == (2, True)
    assert (found.rows, found.cells, found.last_cell) == (1, 3, "D2")


@pytest.mark.parametrize(
    ("number", "expected"),
    [("142230200503120016", True), ("1.42230200503120E+17", False), ("3000", False),
     ("0.1", False), ("0.30000000000000004", True), ("1000000000000000000", True),
     ("123456789012345", False), ("1234567890123456", True)],
)  # fmt: skip
def test_figures_of_more_digits_than_a_number_keeps(number: str, expected: bool):
    assert is_long(number) is expected


@pytest.mark.parametrize(
    ("own", "given", "says"),
    [
        ([3, 0, 2], [3, 0, 2], None),
        ([3, 0, 2], [3, 0, 2, 0, 0], None),
        ([3, 0, 2], [3], "第3行原文有2格，读出0格"),
        ([3, 0, 2], [3, 2], "第2行原文有0格，读出2格"),
        ([3, 0, 2], [2, 0, 2], "第1行原文有3格，读出2格"),
    ],
)
def test_a_disagreement_names_its_row(own, given, says):
    assert disagreement(Count(filled=own), given) == says


ROWS = [row(1, *REGISTER), row(2, *register_row(1)), row(3, *register_row(2))]


@pytest.mark.parametrize(
    ("case", "verdict"),
    [
        (book("".join(ROWS)), ("read", None)),
        # out of order: the reader puts a row where its number says
        (book(ROWS[0] + ROWS[2] + ROWS[1]), ("read", None)),
        (book(ROWS[1] + ROWS[2] + ROWS[0]), ("read", None)),
        (book("".join(ROWS) + row(3, *register_row(3))), ("refused", "ING_MISREAD")),
        (book("".join(ROWS) + '<row r="4"><c r="A4" t="str"><v><![CDATA[x]]></v></c></row>'),
         ("refused", "ING_MISREAD")),
        (book("".join(ROWS).replace("<c r=", "<d r=", 1)), ("refused", "ING_BROKEN")),
        (book("".join(ROWS) + '<row r="1048577"><c r="A1048577"><v>1</v></c></row>'),
         ("refused", "ING_UNSAFE")),
    ],
)  # fmt: skip
def test_what_the_reader_loses_costs_the_file(tmp_path: Path, case: bytes, verdict):
    con = night(tmp_path, {"a.xlsx": case})
    assert fetch(con, FILES) == [verdict]


def test_two_sheets_of_one_name_are_both_read(tmp_path: Path):
    second = [row(1, *REGISTER), row(2, *register_row(7))]
    case = book("".join(ROWS), "".join(second), names=("名册", "名册"))
    con = night(tmp_path, {"a.xlsx": case})
    assert fetch(con, "select sheet, counted_rows from ing_sheet") == [
        ("名册", 2),
        ("名册（第2张）", 1),
    ]
    assert fetch(
        con, "select count(distinct id_number_pid) from stg_monitored_person"
    ) == [(3,)]


def test_one_part_under_two_names_is_refused(tmp_path: Path):
    files = parts("".join(ROWS), names=("甲", "乙"))
    rels = "xl/_rels/workbook.xml.rels"
    files[rels] = files[rels].replace(
        'Id="rId1"', 'Id="rId2"'
    ).replace("</Relationships>", files[rels][files[rels].index("<Relationship Id") : files[rels].index("/>") + 2] + "</Relationships>")  # fmt: skip
    con = night(tmp_path, {"a.xlsx": zipped(files)})
    assert fetch(con, FILES) == [("refused", "ING_UNSAFE")]


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/sharedStrings.xml",
                                  "xl/styles.xml"])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_in_any_part_is_refused(
    tmp_path: Path, part: str, encoding: str
):
    files: dict[str, str | bytes] = dict(parts("".join(ROWS)))
    body = str(files.get(part, "<styleSheet/>"))
    files[part] = f'<!DOCTYPE a [<!ENTITY b "c">]>{body}'.encode(encoding)
    path = tmp_path / "a.xlsx"
    path.write_bytes(zipped(files))
    with pytest.raises(Refused) as refused:
        count_xlsx(path, LIMIT)
    assert refused.value.code == "ING_UNSAFE"


@pytest.mark.parametrize(
    ("content", "filled"),
    [
        ("a,b\r\n,\n\nc,,d\r", [2, 0, 0, 2]),
        ('"a\nb","",c\n"x""y",z', [2, 2]),
        ('5"管,b\n"a,b",c', [2, 2]),
        ("a,b", [2]),
        ('a,""\n', [1]),
        ("", []),
    ],
)
def test_records_of_a_text_by_our_own_tokenizer(tmp_path: Path, content, filled):
    path = tmp_path / "a.csv"
    path.write_bytes(content.encode())
    assert count_text(path, "utf-8", ",").filled == filled
    (sheet,) = sheets(path, "csv", LIMIT)
    rows = sheet.rows()
    assert [len(given) for given in rows] or not filled
    assert list(rows.filled) == filled


def test_our_own_tokenizer_reads_what_the_library_writes(tmp_path: Path):
    rng = random.Random(5)
    letters = ["a", '"', ",", "\n", "\r", "张", " ", ""]
    path = tmp_path / "a.csv"
    for _ in range(50):
        rows = [["".join(rng.choices(letters, k=rng.randrange(5))) for _ in range(4)]
                for _ in range(6)]  # fmt: skip
        path.write_bytes(text(rows))
        expected = [sum(map(bool, cells)) for cells in rows]
        assert count_text(path, "utf-8", ",").filled == expected
