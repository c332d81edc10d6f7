"""Where a finding goes: canonical names, and doubt that sends it to the township."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.link import link_people
from tests.link.world import county, fetch, linked, pid, rows_of

OTHER = pid("20050401", 11)
PLACES = "select name, township, village, place_doubt from lnk_subject"

# Everybody stands in 砚城镇城内村 of the register; the roster writes:
LINKED = """
name | township | village | period | meant_township | meant_village | doubt
same | 砚城镇 | 城内村 | 2023-2024 | 砚城镇 | 城内村 |
other suffixes | 砚城 | 城内村委会 | 2023-2024 | 砚城镇 | 城内村 |
no township | | 城内村 | 2023-2024 | 砚城镇 | 城内村 |
whole address | | 五寨县砚城镇城内村委会 | 2023-2024 | 砚城镇 | 城内村 |
code of the township | 140928100 | 城内 | 2023-2024 | 砚城镇 | 城内村 |
county before it | 山西省五寨县砚城镇 | 砚城镇城内村 | 2023-2024 | 砚城镇 | 城内村 |
no village | 砚城镇 | | 2023-2024 | 砚城镇 | 城内村 |
other village | 砚城镇 | 东关村 | 2023-2024 | 砚城镇 | | disagree
other township | 三岔镇 | 大村 | 2023-2024 | 砚城镇 | | disagree
no such village | 砚城镇 | 没有的村 | 2023-2024 | 砚城镇 | | unknown
homonym | | 羊坊村 | 2023-2024 | 砚城镇 | | ambiguous
village of then | 三岔镇 | 大村 | 2021-2022 | 砚城镇 | 城内村 |
"""
UNLINKED = """
name | township | village | period | meant_township | meant_village | doubt
known | 砚城 | 东关 | 2023-2024 | 砚城镇 | 东关村 |
one of that name | | 东关村 | 2023-2024 | 砚城镇 | 东关村 |
homonym | | 羊坊村 | 2023-2024 | | | ambiguous
homonym with township | 三岔镇 | 羊坊村 | 2023-2024 | 三岔镇 | 羊坊村 |
in another township | 三岔镇 | 东关村 | 2023-2024 | 三岔镇 | | unknown
no village | 三岔镇 | | 2023-2024 | 三岔镇 | | unknown
nothing | | | 2023-2024 | | | unknown
"""


def place(**tables: str) -> list[tuple[Any, ...]]:
    return [row[1:] for row in fetch(linked(**tables), PLACES)]


@pytest.mark.parametrize("table", [LINKED, UNLINKED], ids=["linked", "unlinked"])
def test_place(table: str) -> None:
    cases = rows_of(table)
    numbers = {case["name"]: pid("20050312", i + 1) for i, case in enumerate(cases)}
    register = [
        f"{case['name']} | {numbers[case['name']]} | 砚城镇 | 城内村" for case in cases
    ]
    roster = [
        f"{case['name']} | {numbers[case['name']]} | {case.get('township', '')} | "
        f"{case.get('village', '')} | {case['period']}"
        for case in cases
    ]
    heads = "name | id_number | township | village"
    con = linked(
        register="\n".join((heads, *register)) if table is LINKED else "",
        roster="\n".join((f"{heads} | period_no", *roster)),
    )
    assert sorted(fetch(con, PLACES), key=str) == sorted(
        (
            (case["name"], *map(case.get, ("meant_township", "meant_village", "doubt")))
            for case in cases
        ),
        key=str,
    )


def test_a_village_of_an_abolished_township_is_sought_by_its_name() -> None:
    """Nobody has confirmed where 新寨乡 went; its 官庄村 is in 三岔镇 of this register."""
    number, other = pid("20050312", 21), pid("20050312", 87)
    tables = {
        "register": f"""
        name | id_number | township | village
        李明 | {number} | 三岔镇 | 官庄村
        李明 | {other} | 砚城镇 | 城内村
        """,
        "roster": """
        name | township | village | period_no
        李明 | 新寨乡 | 官庄村 | 2020-2021
        李明 | 三岔镇 | 旧寨村 | 2020-2021
        """,
    }
    con = linked(**tables)
    assert fetch(con, "select tier, person_id from lnk_roster order by row_id") == [
        ("no_id", number),
        ("none", None),
    ]
    # a line of the county's mapping decides
    con = county(**tables)
    con.execute(
        "insert into ref_place_alias values ('新寨', null, '砚城镇', null, '2021-06-01')"
    )
    link_people(con)
    told = "select township, is_abolished, mapped_from from lnk_place_seen "
    told += "where seen_township_key = '新寨'"
    assert fetch(con, told) == [("砚城镇", False, date(2021, 6, 1))]
    assert fetch(con, "select tier from lnk_roster order by row_id") == [
        ("none",),
        ("none",),
    ]
    con.execute("delete from ref_place_alias")


def test_what_no_list_knows_is_proposed_and_not_guessed() -> None:
    con = linked(
        register=f"name | id_number | township | village\n李明 | {OTHER} | 三岔镇 | 大村",
        roster="""
        name | township | village
        李明 | 三岔镇 | 井儿凹村
        """,
    )
    [nearest, *_] = fetch(
        con,
        "select seen_village_key, township, village from lnk_place_proposal "
        "order by place_no",
    )
    assert nearest == ("井儿凹", "三岔镇", "井儿洼村")
    assert fetch(con, "select tier from lnk_roster") == [("none",)]


def test_two_rosters_of_one_period_disagree_about_an_unlinked_student() -> None:
    roster = f"""
    name | id_number | township | village
    王强 | {OTHER} | 砚城镇 | 东关村
    王强 | {OTHER} | 砚城镇 | 城内村
    """
    assert place(roster=roster) == [("砚城镇", None, "disagree")]


def test_a_county_without_reference_knows_the_places_of_its_register() -> None:
    found = place(
        register="name | id_number | township | village\n"
        f"李明 | {pid('20050312', 21)} | 甲乙乡 | 河湾口村",
        roster=f"name | id_number | township | village\n王强 | {OTHER} | | 河湾口",
    )
    assert found == [("甲乙乡", "河湾口村", None)] * 2
