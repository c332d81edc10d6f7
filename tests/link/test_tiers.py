"""Each tier: a hit, a near miss, and nothing to go by."""

from __future__ import annotations

import pytest

from tests.link.world import chosen, fetch, linked, pid, rows_of, tiers, wrong

LI, HAN, MA, ZHOU = (
    pid("20050312", 21), pid("20060501", 12), pid("20050909", 15), pid("20060708", 33)
)  # fmt: skip
SHORT = ZHOU[:14] + ZHOU[15:]
# 韩雪 has no number in the register, 马军's was cut by Excel, 周平's lacks a digit.
REGISTER = f"""
name | id_number | household_no | township | village | relation | sex | birth_on
李父 | {pid("20010101", 11)} | H1 | 砚城镇 | 城内村 | 户主 | 男 |
李明 | {LI} | H1 | 砚城镇 | 城内村 | 之子 | 男 |
韩父 | {pid("20010203", 11)} | H2 | 砚城镇 | 东关村 | 户主 | 男 |
韩雪 | | H2 | 砚城镇 | 东关村 | 之女 | 女 | 2006-05-01
韩小 | | H2 | 砚城镇 | 东关村 | 之女 | 女 | 2019-05-01
马军 | ={MA[:15]}000 | H3 | 砚城镇 | 周家村 | 户主 | 男 |
周平 | {SHORT} | H4 | 砚城镇 | 周家村 | 户主 | 男 |
"""
# How the roster writes the number.
WRITTEN = {
    "right": LI,
    "with a blank and a disability mark": f"{LI[:6]} {LI[6:]}43",
    "G before it": f"G{LI}",
    "14 wrong": wrong(LI, 14),
    "9, 16 wrong": wrong(LI, 9, 16),
    "9, 14, 16 wrong": wrong(LI, 9, 14, 16),
    "10 missing": LI[:9] + LI[10:],
    "7 too much": LI[:9] + "7" + LI[9:],
    "13, 14 swapped": LI[:12] + LI[13] + LI[12] + LI[14:],
    "in a number cell": f"={LI[:15]}000",
    "15 digits, zeros": f"{LI[:15]}000",
    "ten digits, E+17": f"{LI[0]}.{LI[1:10]}E+17",
    "five digits, E+17": f"{LI[0]}.{LI[1:5]}E+17",
    "number cell, 12 wrong": f"={wrong(LI, 12)[:15]}000",
    "无": "无",
    "短": SHORT,
    "周": ZHOU,
    "马": MA,
    "韩": HAN,
    "韩 born another day": pid("20070501", 12),
}
CASES = """
why | name | number | village | head_name | tier | person
the same number, whatever else differs | 王强 | right | 周家村 | | id | 李明
disability card | 李明 | with a blank and a disability mark | | | id | 李明
17 digits, written so on both sides | 周平 | 短 | 周家村 | | id | 周平
G before the number | 李明 | G before it | | | student_no | 李明
one digit, same village | 李明 | 14 wrong | 城内村 | | id_near | 李明
two digits, village with another suffix | 李明 | 9, 16 wrong | 城内 | | id_near | 李明
two digits, head in no village | 李明 | 9, 16 wrong | | 李父 | id_near | 李明
a digit missing | 李明 | 10 missing | 城内村 | | id_near | 李明
a digit too many | 李明 | 7 too much | 城内村 | | id_near | 李明
neighbours swapped | 李明 | 13, 14 swapped | 城内村 | | id_near | 李明
the register's number is the wrong one | 周平 | 周 | 周家村 | | id_near | 周平
three digits are too many | 李明 | 9, 14, 16 wrong | 城内村 | 李父 | none |
another name is never near | 李鸣 | 14 wrong | 城内村 | 李父 | none |
another village | 李明 | 14 wrong | 东关村 | | none |
village not given, head neither | 李明 | 14 wrong | | | none |
a number cell keeps 15 digits | 李明 | in a number cell | | | id_cut | 李明
zeros at the end | 李明 | 15 digits, zeros | | | id_cut | 李明
ten digits and the village | 李明 | ten digits, E+17 | 城内村 | | id_cut | 李明
ten digits alone are too few | 李明 | ten digits, E+17 | | | none |
cut, another name | 李鸣 | in a number cell | 城内村 | | none |
cut, digits that do not agree | 李明 | number cell, 12 wrong | 城内村 | 李父 | none |
cut on the register's side | 马军 | 马 | | | id_cut | 马军
name and village | 李明 | | 城内村 | | no_id | 李明
name, village and head | 李明 | 无 | 城内村 | 李父 | no_id | 李明
name and head, village not given | 李明 | | | 李父 | no_id | 李明
too few digits are none | 李明 | five digits, E+17 | 城内村 | | no_id | 李明
another head in the same village | 李明 | | 城内村 | 李大山 | none |
name alone is never enough | 李明 | | | | none |
no number, another village | 李明 | | 东关村 | | none |
a child of four is no student | 韩小 | | 东关村 | | none |
no number in the register, same head | 韩雪 | 韩 | 东关村 | 韩父 | no_id | 韩雪
no number in the register, birth date | 韩雪 | 韩 | 东关村 | | no_id | 韩雪
the same, born another day | 韩雪 | 韩 born another day | 东关村 | 韩父 | none |
"""


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["why"]) for case in rows_of(CASES)]
)
def test_tier(case: dict[str, str]) -> None:
    row = {
        "name": case["name"],
        "id_number": WRITTEN.get(case.get("number", ""), ""),
        "township": "砚城镇",
        "village": case.get("village", ""),
        "head_name": case.get("head_name", ""),
    }
    roster = f"{' | '.join(row)}\n{' | '.join(row.values())}"
    [(_, tier, person, _)] = chosen(register=REGISTER, roster=roster)
    assert (tier, person) == (case["tier"], case.get("person"))


def test_sex_speaks_against_a_row_without_a_number() -> None:
    roster = "name | township | village | sex\n李明 | 砚城镇 | 城内村 | 女"
    assert tiers(register=REGISTER, roster=roster) == ["none"]


def test_school_number_leads_to_the_person_when_the_own_number_does_not() -> None:
    assert tiers(
        register=REGISTER,
        roster=f"""
        name | id_number | student_no | township | village
        李明 | | G{LI} | 砚城镇 | 东关村
        李明 | {pid("20050312", 88)} | G{LI} | 砚城镇 | 东关村
        李鸣 | | G{LI} | 砚城镇 | 东关村
        李明 | {wrong(LI, 14)} | G{LI} | 砚城镇 | 城内村
        """,
    ) == ["student_no", "student_no", "none", "id_near"]


def test_old_fifteen_digit_number_is_completed() -> None:
    full = pid("19850607", 21, "142299")
    old = full[:6] + full[8:17]
    for written in (old, full):
        assert tiers(
            register=f"name | id_number | village\n赵大 | {old} | 东关村",
            roster=f"name | id_number | village\n赵大 | {written} | 东关村",
        ) == ["id15"]


def test_a_placeholder_shared_by_three_names_is_nobodys_number() -> None:
    shared = "1" * 18
    assert chosen(
        register=f"""
        name | id_number | person_no | township | village
        甲一 | {shared} | 1 | 砚城镇 | 东关村
        乙二 | {shared} | 2 | 砚城镇 | 东关村
        丙三 | {shared} | 3 | 砚城镇 | 东关村
        """,
        roster=f"""
        name | id_number | township | village
        乙二 | {shared} | 砚城镇 | 东关村
        """,
    ) == [("乙二", "no_id", "乙二", shared)]


def test_every_roster_row_has_one_link_line_and_a_sentence() -> None:
    con = linked(
        register=REGISTER,
        roster=f"""
        name | id_number | township | village | head_name
        李明 | {LI} | 砚城镇 | 城内村 | 李父
        李明 | {wrong(LI, 14)} | 砚城镇 | 城内村 | 李父
        李明 | | 砚城镇 | 城内村 |
        王五 | {pid("20051111", 11)} | 砚城镇 | 城内村 |
        """,
    )
    masked = f"{LI[:6]}********{LI[14:]}"
    near = (
        f"证件号第14位不同（名册{masked}，系统{masked}），"
        "名册号码校验码不对，姓名相同，同村同户主。"
    )
    refused = (
        f"系统中相近的{masked}已按本人号码在同期名册中，又没有同一户主，"
        "系统中没有找到别的可能的人。"
    )
    assert fetch(
        con, "select tier, standing, evidence_sentence from lnk_roster order by row_id"
    ) == [
        ("id", "certain", "证件号相同，姓名相同，同村同户主。"),
        ("id_near", "proposed", near),
        ("none", "unlinked", refused),
        ("none", "unlinked", "系统中没有找到此人。"),
    ]
