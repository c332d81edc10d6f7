"""Which pairs were looked at, and what that probably missed."""

from __future__ import annotations

from tests.link.world import fetch, linked, pid, wrong

ONE, TWO = pid("20050312", 21), pid("20050401", 87)
REGISTER = f"""
name | id_number | household_no | township | village | relation
李父 | {pid("20010101", 11)} | H1 | 砚城镇 | 城内村 | 户主
李明 | {ONE} | H1 | 砚城镇 | 城内村 | 之子
李芳 | {TWO} | H1 | 砚城镇 | 城内村 | 之女
"""


def test_ways_and_what_they_miss() -> None:
    """Of two rows linked by number, name and home would have reached one."""
    con = linked(
        register=REGISTER,
        roster=f"""
        name | id_number | township | village | head_name | period_no
        李明 | {ONE} | 砚城镇 | 城内村 | 李父 | 2023-2024
        李方 | {TWO} | 砚城镇 | 东关村 | | 2023-2024
        李明 | {wrong(ONE, 14)} | 砚城镇 | 城内村 | 李父 | 2023-2024
        李芳 | | 砚城镇 | 城内村 | | 2022-2023
        """,
    )
    assert fetch(
        con,
        "select rule, pairs, linked, only_here, audited, reached, missed_estimate "
        "from lnk_blocking order by rule",
    ) == [
        ("all", 2, 2, None, 2, 1, 2),
        ("head_name", 1, 1, 0, None, None, None),
        ("number", 2, 2, 2, None, None, None),
        ("village", 2, 2, 1, None, None, None),
    ]


def test_a_name_that_a_whole_village_bears_is_no_key() -> None:
    crowd = "\n".join(
        f"无名 | {pid('20050312', i)} | 砚城镇 | 城内村" for i in range(201)
    )
    con = linked(
        register=f"name | id_number | township | village\n{crowd}",
        roster="name | township | village\n无名 | 砚城镇 | 城内村",
    )
    assert fetch(con, "select pairs from lnk_blocking where rule = 'all'") == [(0,)]
    assert fetch(con, "select tier from lnk_roster") == [("none",)]
