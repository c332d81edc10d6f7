"""One table per kind: the cell as exports write it, and the typed values."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from schemas import kinds
from schemas.idnumber import check_digit, parse_id

BODY = "14223020050101123"
PID = BODY + check_digit(BODY)
WRONG_CHECK = BODY + ("0" if PID[-1] != "0" else "1")
OLD15 = "142299" + "630203" + "101"


@pytest.mark.parametrize(
    ("cell", "pid", "form", "kept"),
    [
        (PID, PID, "id18", None),
        (f"\t{PID} ", PID, "id18", None),
        (f"'{PID}", PID, "id18", None),
        (f'="{PID}"', PID, "id18", None),
        (f"{PID[:6]} {PID[6:14]} {PID[14:]}", PID, "id18", None),
        (f"{PID[:9]}\r\n{PID[9:]}", PID, "id18", None),
        (PID.translate(str.maketrans("0123456789", "０１２３４５６７８９")), PID, "id18", None),
        (WRONG_CHECK, WRONG_CHECK, "id18", None),
        ("14223020050101102x", "14223020050101102X", "id18", None),
        ("14223020050101102Ｘ", "14223020050101102X", "id18", None),
        ("14223020050101102Х", "14223020050101102X", "id18", None),  # Cyrillic
        (f"G{PID}", PID, "student_no", None),
        (f"{PID}42", PID, "disability", None),
        (f"{PID}42B1", PID, "disability", None),
        (PID[:-1], PID[:-1], "bad", None),
        (1.42230200501011e17, None, "cut", "142230200501011"),
        # its nearest binary number is …020992
        (142230200702021000.0, None, "cut", "142230200702021"),
        ("1.42230200501011E+17", None, "cut", "142230200501011"),
        ("1.4223E+17", None, "cut", ""),
        ("142230200501011000", None, "cut", "142230200501011"),
        (OLD15, OLD15[:6] + "19" + OLD15[6:] + check_digit(OLD15[:6] + "19" + OLD15[6:]), "id15", None),
        (None, None, "missing", None),
        ("无", None, "missing", None),
        (" - ", None, "missing", None),
    ],
)  # fmt: skip
def test_identity_numbers_are_classed_and_never_repaired(cell, pid, form, kept):
    if form == "cut" and isinstance(cell, str) and cell.endswith("000"):
        assert check_digit(cell[:17]) != "0"  # or it would be a good number
    assert parse_id(cell) == (pid, form, kept)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("202208", date(2022, 8, 1), date(2022, 8, 31)),
        ("202208.0", date(2022, 8, 1), date(2022, 8, 31)),
        (202208.0, date(2022, 8, 1), date(2022, 8, 31)),
        ("2022年8月", date(2022, 8, 1), date(2022, 8, 31)),
        ("2022.8", date(2022, 8, 1), date(2022, 8, 31)),
        ("20220905", date(2022, 9, 5), date(2022, 9, 5)),
        ("2022-09-05", date(2022, 9, 5), date(2022, 9, 5)),
        ("2022/9/5", date(2022, 9, 5), date(2022, 9, 5)),
        ("2022年09月05日", date(2022, 9, 5), date(2022, 9, 5)),
        ("2022-09-05 00:00:00", date(2022, 9, 5), date(2022, 9, 5)),
        (datetime(2022, 9, 5, 0, 0), date(2022, 9, 5), date(2022, 9, 5)),
        (44809.0, date(2022, 9, 5), date(2022, 9, 5)),
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("/", None, None),
        (None, None, None),
    ],
)
def test_a_month_counts_from_its_first_day_or_to_its_last(cell, first, last):
    assert kinds.MONTH_START.parse(cell) == kinds.Parsed((first,))
    assert kinds.MONTH_END.parse(cell) == kinds.Parsed((last,))


@pytest.mark.parametrize("cell", ["2022-02-30", "202213", "九月", "2022912"])
def test_an_unreadable_date_is_null_and_an_issue(cell):
    assert kinds.DAY.parse(cell) == kinds.Parsed((None,), "ING_BAD_DATE")


@pytest.mark.parametrize(
    ("cell", "fen", "problem"),
    [
        ("3000", 300_000, None),
        (3000.0, 300_000, None),
        ("1,500.00元", 150_000, None),
        ("￥3000", 300_000, None),
        ("3000元/年", 300_000, None),
        ("0.3", 300_000, "ING_TEN_THOUSANDS"),
        (0.3, 300_000, "ING_TEN_THOUSANDS"),
        ("0.15万元", 150_000, "ING_TEN_THOUSANDS"),
        ("300", 30_000, None),
        ("三千", None, "ING_BAD_AMOUNT"),
        ("-", None, None),
    ],
)
def test_amounts_are_whole_fen(cell, fen, problem):
    assert kinds.MONEY.parse(cell) == kinds.Parsed((fen,), problem)


@pytest.mark.parametrize(
    ("text", "period_no", "term"),
    [
        ("2021-2022学年", "2021-2022", None),
        ("2021—2022学年", "2021-2022", None),
        ("2021-2022学年第一学期", "2021-2022", 1),
        ("2021-2022-2", "2021-2022", 2),
        ("2022年春季", "2021-2022", 2),
        ("2022年秋季学期", "2022-2023", 1),
        ("2021-22学年", "2021-2022", None),
        ("五寨县2022-2023学年雨露计划申报花名册", "2022-2023", None),
        ("导出时间2023-09-20", None, None),
        ("2020-2023年", None, None),
    ],
)
def test_periods(text, period_no, term):
    problem = None if period_no else "ING_BAD_PERIOD"
    assert kinds.PERIOD.parse(text) == kinds.Parsed((period_no, term), problem)


@pytest.mark.parametrize(
    ("cell", "written", "key"),
    [
        (" 张　三 ", "张　三", "张三"),
        ("张三（曾用名李四）", "张三（曾用名李四）", "张三"),
        ("買買提•吐爾遜", "買買提•吐爾遜", "买买提吐尔逊"),
        ("王喆", "王喆", "王哲"),
        (None, None, None),
    ],
)
def test_names_keep_their_text_and_fold_only_in_the_key(cell, written, key):
    assert kinds.PERSON_NAME.parse(cell).values == (written, key)


def test_several_people_in_one_cell_are_nobody():
    assert kinds.PERSON_NAME.parse("张三等3人").problem == "ING_SEVERAL_PEOPLE"


@pytest.mark.parametrize(
    "group",
    [
        ("三岔村", "三岔村委会", "三岔村民委员会", "三岔村村民委员会", "三岔"),
        ("砚城镇", "砚城镇人民政府", "砚城"),
        ("大村", "大村委会", "大村民委员会"),
        ("小刘家湾村", "小劉家灣村"),
    ],
)
def test_spellings_of_one_place_share_a_key(group):
    assert len({kinds.DIVISION.parse(text).values[1] for text in group}) == 1


def test_different_places_keep_different_keys():
    villages = ("大村", "东紫寨村", "西紫寨村", "大双碾村", "小双碾村", "三岔村")
    assert len({kinds.DIVISION.parse(v).values[1] for v in villages}) == len(villages)
