"""Cells on their way: the text as read is kept, the value typed once, doubt addressed."""

from __future__ import annotations

import csv
from datetime import date, datetime
from pathlib import Path

import pytest

from pipelines.ingest.cells import ErrorText
from pipelines.ingest.columns import Encoder
from schemas.sources import SPECS
from tests.ingest.sheets import REGISTER, ROSTER, pid, register_row, roster_row, seen

ID = pid(1)
HALF, FULL = "0123456789X", "０１２３４５６７８９Ｘ"


@pytest.mark.parametrize(
    ("cell", "number", "form"),
    [
        (ID, ID, "id18"),
        (f"'{ID}", ID, "id18"),
        (f"\t{ID}\t", ID, "id18"),
        (f"\u00a0{ID} ", ID, "id18"),
        (f'="{ID}"', ID, "id18"),
        (f"{ID[:6]} {ID[6:14]}\n{ID[14:]}", ID, "id18"),
        (ID.translate(str.maketrans(HALF, FULL)), ID, "id18"),
        (f"G{ID}", ID, "student_no"),
        (f"{ID}44", ID, "disability"),
        (f"{ID}44B1", ID, "disability"),
        (142299770312001.0, "14229919770312001", "id15"),
        (float(ID[:17] + "0"), "", "cut"),
        ("1.42230200503120E+17", "", "cut"),
        ("", "", "missing"),
        ("无", "", "missing"),
        (ErrorText("#N/A"), "", ""),
    ],
)
def test_identity_numbers(tmp_path: Path, cell, number: str, form: str):
    (row,) = seen([REGISTER, register_row(1, 证件号码=cell)], tmp_path).rows
    assert row["id_number_pid"][:17] == number[:17]
    assert row["id_number_form"] == form


@pytest.mark.parametrize(
    ("column", "cell", "code"),
    [
        ("证件号码", 142230200503120016.0, "ING_NUMERIC_ID"),
        ("姓名", "张?", "ING_ENCODING"),
        ("姓名", "张\ue000", "ING_ENCODING"),
        ("姓名", 12.0, "ING_BAD_NAME"),
        ("在校生状况", "幼儿园大班毕业", "ING_UNKNOWN_CODE"),
        ("户类型", ErrorText("#REF!"), "ING_ERROR_CELL"),
    ],
)
def test_doubtful_cell_is_an_issue_with_its_address(tmp_path: Path, column, cell, code):
    read = seen(
        [REGISTER, register_row(1), register_row(2, **{column: cell})], tmp_path
    )
    assert read.codes == [(code, f"{'ABCDEFG'[REGISTER.index(column)]}3")]
    assert len(read.rows) == 2


@pytest.mark.parametrize(
    ("cell", "fen", "codes"),
    [
        (3000, "300000", []),
        ("3000.00", "300000", []),
        ("1,500.00元", "150000", []),
        (0.3, "300000", ["ING_TEN_THOUSANDS"]),
        ("0.3万", "300000", ["ING_TEN_THOUSANDS"]),
        ("三千", "", ["ING_BAD_AMOUNT"]),
        ("9" * 30, "", ["ING_BAD_VALUE"]),
        ("", "", []),
    ],
)
def test_amounts(tmp_path: Path, cell, fen: str, codes):
    read = seen([ROSTER, roster_row(1, 补助金额=cell)], tmp_path)
    assert read.column("amount_fen") == [fen]
    assert [code for code, _ in read.codes] == codes


@pytest.mark.parametrize("above", [[["单位：万元"]], []])
def test_amounts_under_ten_thousand_yuan(tmp_path: Path, above):
    heading = ROSTER if above else (*ROSTER[:-1], "补助金额（万元）")
    read = seen([*above, heading, [*roster_row(1)[:-1], 1]], tmp_path)
    assert read.column("amount_fen") == ["1000000"]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ("202109", "2021-09-01"),
        (202109.0, "2021-09-01"),
        ("2021年9月", "2021-09-01"),
        ("2021.9", "2021-09-01"),
        (date(2021, 9, 3), "2021-09-03"),
        (datetime(2021, 9, 3, 8, 30), "2021-09-03"),
        (44442.0, "2021-09-03"),
        ("上学期", ""),
    ],
)
def test_dates(tmp_path: Path, cell, found: str):
    head, row = [*ROSTER, "入学时间"], [*roster_row(1), cell]
    assert seen([head, row], tmp_path).column("entry_on") == [found]


@pytest.mark.parametrize(
    ("cell", "value"),
    [("是", "true"), ("否", "false"), ("1", "true"), (0, "false"), (True, "true"), ("√", "true"), ("-", "")],
)  # fmt: skip
def test_yes_and_no(tmp_path: Path, cell, value: str):
    head, row = [*REGISTER, "风险是否已消除"], [*register_row(1), cell]
    assert seen([head, row], tmp_path).column("is_risk_done") == [value]


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("6212 8012 3456 7890 123", "6212801234567890123"),
        ("13900000001.0", "13900000001"),
        (6.212801234567891e18, ""),
    ],
)
def test_accounts(tmp_path: Path, cell, kept: str):
    head, row = [*ROSTER, "银行账号"], [*roster_row(1), cell]
    assert seen([head, row], tmp_path).column("account_no") == [kept]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("张　三", "张三"),
        (" 张三 ", "张三"),
        ("张三（曾用名李四）", "张三"),
        ("買買提·吐尔逊", "买买提吐尔逊"),
        ("买买提•吐尔逊", "买买提吐尔逊"),
    ],
)
def test_names_keep_their_writing_beside_the_key(tmp_path: Path, name: str, key: str):
    (row,) = seen([REGISTER, register_row(1, 姓名=name)], tmp_path).rows
    assert (row["raw_name"], row["name_key"]) == (name, key)


@pytest.mark.parametrize("source", SPECS, ids=lambda s: s.name)
def test_no_cell_without_a_text_has_a_value(source):
    """Else a text left out of a line would be taken from that value."""
    for column in source.columns:
        for cell in (None, ""):
            text, *values = next(
                csv.reader(
                    [Encoder(column, in_ten_thousands=False).encode([cell])[0].text]
                )
            )
            assert (text, values[0]) == ("", "")


def test_quotes_commas_and_line_breaks_stay_in_their_cell(tmp_path: Path):
    odd = '甲"乙",\r\n丙\x00'
    read = seen([ROSTER, roster_row(1, 就读学校=odd), roster_row(2)], tmp_path)
    assert read.column("raw_school_name")[0] == odd.replace("\x00", "\ufffd")
    assert len(read.rows) == 2


def test_equal_cells_of_different_types_are_read_apart(tmp_path: Path):
    head = [*REGISTER, "风险是否已消除"]
    rows = [[*register_row(n), cell] for n, cell in enumerate((1, True, 1.0, "1"), 1)]
    assert seen([head, *rows], tmp_path).column("raw_is_risk_done") == [
        "1", "是", "1", "1",
    ]  # fmt: skip


def test_a_number_short_of_a_digit_is_not_one_that_a_number_cell_cut():
    """Beside numbers cut to fifteen digits, 17 digits ending in 00 are a slip of the pen."""
    column = next(c for c in SPECS[1].columns if c.name == "id_number")
    cells = ["142230200606181000", "142230200507166000", "14223020070233600"]
    texts = [piece.text for piece in Encoder(column, False).encode(cells)]
    assert ['"cut"' in text for text in texts] == [True, True, False]
