"""Where a finding goes: canonical names, and doubt that sends it to the township."""

from __future__ import annotations

from typing import Any

import pytest

from tests.link.world import fetch, linked, pid, rows_of

OTHER = pid("20050401", 11)
PLACES = "select name, township, village, place_doubt from lnk_subject"

# Everybody stands in 砚城镇城内村 of the register; the roster writes:
LINKED = """
name | township | village | period | meant_township | meant_village | doubt
same | 砚城镇 | 城内村 | 2023-2024 | 砚城镇 | 城内村 |
other suffixes | 砚城 | 城内村委会 | 2023-2024 | 砚城镇 | 城内村 |
no township | | 城内村 | 2023-2024 | 砚城镇 | 城内村 |
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
