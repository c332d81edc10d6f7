"""Each tier: a hit, a near miss, and nothing to go by."""

from __future__ import annotations

from collections.abc import Callable

from tests.link.world import chosen, fetch, linked, pid, rows_of, tiers, wrong

LI = pid("20050312", 21)
REGISTER = f"""
name | id_number | household_no | township | village | relation | sex
李父 | {pid("20010101", 11)} | H1 | 砚城镇 | 城内村 | 户主 | 男
李明 | {LI} | H1 | 砚城镇 | 城内村 | 之子 | 男
"""
# The register of every case, in people of its own: 韩雪 has no number in the register,
# 马军's was cut by Excel, 周平's lacks a digit.
FAMILIES = """
name | id_number | household_no | township | village | relation | birth_on
李父{c} | | H10{i} | 砚城镇 | 城内村 | 户主 | 1975-01-01
李明{c} | {pid} | H10{i} | 砚城镇 | 城内村 | 之子 |
韩父{c} | | H20{i} | 砚城镇 | 东关村 | 户主 | 1975-01-01
韩雪{c} | | H20{i} | 砚城镇 | 东关村 | 之女 | {born}
韩小{c} | | H20{i} | 砚城镇 | 东关村 | 之女 | 2019-05-01
马军{c} | ={cut}000 | H30{i} | 砚城镇 | 周家村 | 户主 |
周平{c} | {short} | H40{i} | 砚城镇 | 周家村 | 户主 |
"""
# How the roster writes the number.
WRITTEN: dict[str, Callable[[str], str]] = {
    "": lambda _: "",
    "无": lambda _: "无",
    "right": lambda n: n,
    "with a blank and a disability mark": lambda n: f"{n[:6]} {n[6:]}43",
    "G before it": lambda n: f"G{n}",
    "14 wrong": lambda n: wrong(n, 14),
    "9, 16 wrong": lambda n: wrong(n, 9, 16),
    "9, 14, 16 wrong": lambda n: wrong(n, 9, 14, 16),
    "10 missing": lambda n: n[:9] + n[10:],
    "7 too much": lambda n: n[:9] + "7" + n[9:],
    "11, 13 swapped": lambda n: n[:11] + n[12] + n[11] + n[13:],
    "in a number cell": lambda n: f"={n[:15]}000",
    "15 digits, zeros": lambda n: f"{n[:15]}000",
    "ten digits, E+17": lambda n: f"{n[0]}.{n[1:10]}E+17",
    "five digits, E+17": lambda n: f"{n[0]}.{n[1:5]}E+17",
    "number cell, 12 wrong": lambda n: f"={wrong(n, 12)[:15]}000",
    "its beginning": lambda n: n[:12],
    "a part of it": lambda n: n[6:17],
    "a fragment": lambda n: wrong(n, 9)[6:17],
    "its first fifteen": lambda n: n[:15],
    "month off, valid": lambda n: pid(f"{n[6:10]}03{n[12:14]}", int(n[14:17])),
    "a digit short": lambda n: n[:14] + n[15:],
    "another birth date": lambda n: pid(f"2007{n[10:14]}", 12),
}
CASES = """
why | name | number | village | head_name | tier | person
the same number, whatever else differs | 王强 | right | 周家村 | | id | 李明
disability card | 李明 | with a blank and a disability mark | | | id | 李明
17 digits, written so on both sides | 周平 | a digit short | 周家村 | | id | 周平
G before the number | 李明 | G before it | | | student_no | 李明
one digit, same village | 李明 | 14 wrong | 城内村 | | id_near | 李明
two digits, village with another suffix | 李明 | 9, 16 wrong | 城内 | | id_near | 李明
two digits, head in no village | 李明 | 9, 16 wrong | | 李父 | id_near | 李明
a digit missing | 李明 | 10 missing | 城内村 | | id_near | 李明
a digit too many | 李明 | 7 too much | 城内村 | | id_near | 李明
neighbours swapped | 李明 | 11, 13 swapped | 城内村 | | id_near | 李明
the register's number is the wrong one | 周平 | right | 周家村 | | id_near | 周平
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
cut on the register's side | 马军 | right | | | id_cut | 马军
name and village | 李明 | | 城内村 | | no_id | 李明
name, village and head | 李明 | 无 | 城内村 | 李父 | no_id | 李明
name and head, village not given | 李明 | | | 李父 | no_id | 李明
too few digits are none | 李明 | five digits, E+17 | 城内村 | | no_id | 李明
the beginning of the number | 李明 | its beginning | 城内村 | 李父 | no_id | 李明
a part of the number | 李明 | a part of it | 城内村 | 李父 | no_id | 李明
the first fifteen digits as text | 李明 | its first fifteen | | | id_cut | 李明
another month of birth, same head | 李明 | month off, valid | 城内村 | 李父 | id_near | 李明
another fragment is not a missing one | 李明 | a fragment | 城内村 | | ambiguous |
another head in the same village | 李明 | | 城内村 | 李大山 | none |
name alone is never enough | 李明 | | | | none |
no number, another village | 李明 | | 东关村 | | none |
a child of four is no student | 韩小 | | 东关村 | | none |
no number in the register, same head | 韩雪 | right | 东关村 | 韩父 | no_id | 韩雪
no number in the register, birth date | 韩雪 | right | 东关村 | | no_id | 韩雪
the same, born another day | 韩雪 | another birth date | 东关村 | 韩父 | none |
"""


def test_tiers() -> None:
    cases = rows_of(CASES)
    register, roster = [FAMILIES.strip().splitlines()[0]], []
    for i, case in enumerate(cases):
        mark, number = f"{i:02d}", pid(f"200512{i % 28 + 1:02d}", 321 + 7 * i)
        family = FAMILIES.format(
            c=mark,
            i=i,
            pid=number,
            born=f"2005-12-{i % 28 + 1:02d}",
            cut=number[:15],
            short=number[:14] + number[15:],
        )
        # one number cannot be three people's: only whom the case is about has it
        register += [
            line
            for line in family.strip().splitlines()[1:]
            if line[0] == (case.get("person") or case["name"])[0]
        ]
        row = (
            case["name"] + mark,
            WRITTEN[case.get("number", "")](number),
            "砚城镇",
            case.get("village", ""),
            case["head_name"] + mark if "head_name" in case else "",
        )
        roster.append(" | ".join(row))
    found = chosen(
        register="\n".join(register),
        roster="\n".join(
            ("name | id_number | township | village | head_name", *roster)
        ),
    )
    assert {
        case["why"]: (tier, person and person[:-2])
        for case, (_, tier, person, _) in zip(cases, found, strict=True)
    } == {case["why"]: (case["tier"], case.get("person")) for case in cases}


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
        王强 | | G{LI} | 砚城镇 | 东关村
        李明 | {wrong(LI, 14)} | G{LI} | 砚城镇 | 城内村
        """,
    ) == ["student_no", "student_no", "student_no", "none", "id_near"]


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
