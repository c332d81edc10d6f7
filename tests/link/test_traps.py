"""What must stay apart: twins, cousins, namesakes; and what nobody can decide."""

from __future__ import annotations

import json
from typing import Any

import duckdb

from tests.link.world import chosen, county, fetch, linked, pid, tiers, wrong

TWIN_A, TWIN_B = pid("20050312", 21), pid("20050312", 23)
PLACED = "name | id_number | township | village"
COUSIN_04, COUSIN_05 = pid("20040312", 11), pid("20050312", 11)


def test_twins_one_of_them_missing_in_the_register() -> None:
    """Numbers two apart, names that differ in one character."""
    assert chosen(
        register=f"""
        name | id_number | household_no | township | village | relation
        李父 | {pid("20010101", 11)} | H1 | 砚城镇 | 城内村 | 户主
        李明 | {TWIN_A} | H1 | 砚城镇 | 城内村 | 之子
        """,
        roster=f"""
        name | id_number | township | village | head_name
        李明 | {TWIN_A} | 砚城镇 | 城内村 | 李父
        李朋 | {TWIN_B} | 砚城镇 | 城内村 | 李父
        """,
    ) == [("李明", "id", "李明", TWIN_A), ("李朋", "none", None, None)]


def test_same_name_cousins_with_right_numbers_two_apart() -> None:
    """Both numbers are right: without the same head they are two people."""
    assert sum(a != b for a, b in zip(COUSIN_04, COUSIN_05, strict=True)) == 2
    register = f"""
    name | id_number | township | village | head_name
    王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
    """
    row = (
        "name | id_number | township | village | head_name\n"
        "王刚 | {} | 砚城镇 | 城内村 | {}"
    )
    assert tiers(register=register, roster=row.format(COUSIN_05, "王二")) == ["none"]
    assert tiers(register=register, roster=row.format(COUSIN_05, "")) == ["none"]
    # a re-issued number: name, village and head agree
    assert tiers(register=register, roster=row.format(COUSIN_05, "王大")) == ["id_near"]


def test_another_head_leaves_room_for_one_error_only() -> None:
    register = f"""
    name | id_number | township | village | head_name
    王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
    """
    roster = "name | id_number | township | village | head_name\n"
    roster += "王刚 | {} | 砚城镇 | 城内村 | {}"
    for number, head, tier in (
        (wrong(COUSIN_04, 16), "王二", "id_near"),
        (wrong(COUSIN_04, 9, 16), "王二", "none"),
        (wrong(COUSIN_04, 9, 16), "王大", "id_near"),
        (wrong(COUSIN_04, 9, 16), "", "id_near"),
    ):
        assert tiers(register=register, roster=roster.format(number, head)) == [tier]


def test_who_stands_on_the_roster_by_number_is_not_had_twice() -> None:
    register = f"""
    name | id_number | township | village | head_name
    王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
    """
    roster = """
    name | id_number | township | village | head_name
    王刚 | {} | 砚城镇 | 城内村 | 王大
    王刚 | {} | 砚城镇 | 城内村 | 王大
    """
    other = roster.format(COUSIN_04, COUSIN_05)
    assert tiers(register=register, roster=other) == ["id", "none"]
    # a wrong check character is a typing error: the same child listed twice
    typed = roster.format(COUSIN_04, wrong(COUSIN_04, 16))
    assert tiers(register=register, roster=typed) == ["id", "id_near"]


def test_same_name_cousins_without_a_number() -> None:
    register = f"""
    name | id_number | township | village | head_name
    王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
    王刚 | {COUSIN_05} | 砚城镇 | 城内村 | 王二
    """
    assert chosen(
        register=register,
        roster="""
        name | township | village | head_name
        王刚 | 砚城镇 | 城内村 | 王二
        王刚 | 砚城镇 | 城内村 |
        王刚 | 砚城镇 | 城内村 | 王三
        """,
    ) == [
        ("王刚", "no_id", "王刚", COUSIN_05),
        ("王刚", "ambiguous", None, None),
        ("王刚", "none", None, None),
    ]


def test_cousin_missing_in_the_register_does_not_take_the_other() -> None:
    assert tiers(
        register=f"{PLACED}\n王刚 | {COUSIN_04} | 砚城镇 | 城内村",
        roster=f"""
        name | id_number | township | village | head_name
        王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
        王刚 | | 砚城镇 | 城内村 | 王二
        """,
    ) == ["id", "none"]


def test_two_nameless_rows_for_one_person_of_the_register() -> None:
    register = f"""
    name | id_number | township | village | head_name
    王刚 | {COUSIN_04} | 砚城镇 | 城内村 | 王大
    """
    heads = "name | township | village | head_name\n"
    rows = heads + "王刚 | 砚城镇 | 城内村 | {}\n" * 2
    assert tiers(register=register, roster=rows.format("", "")) == ["ambiguous"] * 2
    assert tiers(register=register, roster=rows.format("王大", "王大")) == ["no_id"] * 2


def test_two_wrong_numbers_of_one_period_near_one_person() -> None:
    register = f"{PLACED}\n王刚 | {COUSIN_04} | 砚城镇 | 城内村"
    first, second = wrong(COUSIN_04, 12), wrong(COUSIN_04, 16)
    roster = """
    name | id_number | township | village | period_no
    王刚 | {} | 砚城镇 | 城内村 | {}
    王刚 | {} | 砚城镇 | 城内村 | {}
    """
    same = roster.format(first, "2023-2024", second, "2023-2024")
    assert tiers(register=register, roster=same) == ["ambiguous"] * 2
    apart = roster.format(first, "2022-2023", second, "2023-2024")
    assert tiers(register=register, roster=apart) == ["id_near"] * 2
    again = roster.format(first, "2023-2024", first, "2023-2024")
    assert tiers(register=register, roster=again) == ["id_near"] * 2


def test_a_child_and_a_namesake_who_died() -> None:
    child, dead = pid("20050312", 11), pid("20030102", 11)
    tables = {
        "register": f"""
        name | id_number | township | village | snapshot_on | is_current
        王刚 | {child} | 砚城镇 | 城内村 | 2023-12-18 | yes
        王刚 | {dead} | 砚城镇 | 城内村 | 2021-12-18 | no
        """,
        "departures": f"name | id_number | departed_on\n王刚 | {dead} | 2022-01-05",
    }
    roster = "name | township | village | period_no\n王刚 | 砚城镇 | 城内村 | {}"
    assert chosen(**tables, roster=roster.format("2023-2024"))[0][3] == child
    # in the year before the death it may have been either
    assert tiers(**tables, roster=roster.format("2021-2022")) == ["ambiguous"]


def test_two_villages_of_one_name() -> None:
    """羊坊村 stands in two townships."""
    register = f"""
    name | id_number | township | village
    王刚 | {COUSIN_04} | 三岔镇 | 羊坊村
    王刚 | {COUSIN_05} | 李家坪乡 | 羊坊村
    """
    roster = "name | township | village\n王刚 | {} | 羊坊"
    assert chosen(register=register, roster=roster.format("三岔"))[0][3] == COUSIN_04
    assert tiers(register=register, roster=roster.format("")) == ["ambiguous"]


def test_ambiguous_lists_everybody_and_links_nobody() -> None:
    con = linked(
        register=f"""
        name | id_number | township | village
        王刚 | {COUSIN_04} | 砚城镇 | 城内村
        王刚 | {COUSIN_05} | 砚城镇 | 城内村
        """,
        roster="name | township | village\n王刚 | 砚城镇 | 城内村",
    )
    [(key, standing, evidence, said)] = fetch(
        con, "select person_key, standing, evidence, evidence_sentence from lnk_roster"
    )
    assert (key, standing) == (None, "ambiguous")
    assert {c["id"] for c in json.loads(evidence)["candidates"]} == {
        f"{number[:6]}********{number[14:]}" for number in (COUSIN_04, COUSIN_05)
    }
    assert said.startswith("系统中有2名可能的人（142230********")
    assert said.endswith("），不能确定是哪一位，没有关联。")


def test_shuffled_input_gives_the_same_links() -> None:
    tables = {
        "register": f"""
        name | id_number | person_no | household_no | village | snapshot_on
        王刚 | {COUSIN_04} | 1 | H1 | 城内村 | 2023-12-18
        王刚 | {COUSIN_04} | 1 | H2 | 东关村 | 2023-12-18
        李明 | {wrong(TWIN_A, 14)} | 2 | H3 | 东关村 | 2022-12-18
        李明 | {TWIN_A} | 2 | H3 | 东关村 | 2023-12-18
        赵一 | | | H4 | 东关村 | 2023-12-18
        赵一 | | | H5 | 东关村 | 2023-12-18
        """,
        "roster": f"""
        name | id_number | township | village | account_no
        王刚 | {wrong(COUSIN_04, 16)} | 砚城镇 | 东关村 | 11
        王刚 | | 砚城镇 | 城内村 | 12
        李明 | {wrong(TWIN_A, 14)} | 砚城镇 | 东关村 | 13
        赵一 | | 砚城镇 | 东关村 | 13
        """,
        "payments": f"""
        name | id_number | account_no | holder_name
        王刚 | {COUSIN_04} | 11 | 王刚
        李明 | | 13 | 李明
        """,
        "departures": "name | id_number | village\n钱二 | | 东关村",
    }
    straight = _everything(linked(**tables))
    assert straight == _everything(linked(**tables, shuffled=True))
    assert all(straight)


def _everything(con: duckdb.DuckDBPyConnection) -> list[list[tuple[Any, ...]]]:
    """All that is told, without the row numbers that shuffling changes."""
    return [
        fetch(con, query)
        for query in (
            """
            select stated.name, stated.village, told.* exclude (row_id)
            from lnk_roster as told
            join stg_yulu_roster as stated using (row_id) order by all
            """,
            """
            select stated.name, told.* exclude (row_id) from lnk_payment as told
            join stg_yulu_payment as stated using (row_id) order by all
            """,
            "select * exclude (row_id) from lnk_person order by all",
            "select * from lnk_subject order by all",
            "select * from lnk_coverage order by all",
        )
    ]


def test_nothing_at_all() -> None:
    con = linked()
    assert fetch(con, "select count(*) from lnk_roster") == [(0,)]
    assert county() is con
