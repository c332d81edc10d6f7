"""Absence needs proof: what counts as a whole export, and what does not."""

from __future__ import annotations

from typing import Any

import pytest

from pipelines.link import link_people
from tests.link.world import AS_OF, county, pid


def people(times: int, town: str, village: str, *more: str) -> str:
    """``times`` rows of one township; their numbers say which they are."""
    return "\n".join(
        " | ".join((f"{town}{i}", _number(town, i), town, village, *more))
        for i in range(times)
    )


def _number(town: str, i: int) -> str:
    return pid(f"200{5 + len(town)}03{i + 1:02d}", 21 if town == "砚城镇" else 41)


HEADS = "name | id_number | township | village"
REGISTER = "\n".join(
    (HEADS, people(20, "砚城镇", "城内村"), people(10, "东秀庄乡", "西坪村"))
)
ROSTER = "\n".join(
    (
        f"{HEADS} | period_no | amount_fen",
        people(10, "砚城镇", "城内村", "2023-2024", "3000"),
    )
)


def covered(
    source: str, *, before: str = "", **tables: Any
) -> dict[str | None, tuple[bool, str]]:
    """Township → (covered, why) of a source in the undated or the newest period.

    ``before``: a statement that is run on the tables before linking.
    """
    con = county(**{"register": REGISTER, "roster": ROSTER, **tables})
    if before:
        con.execute(before)
    link_people(con)
    return {
        township: (is_covered, why)
        for township, is_covered, why in con.execute(
            "select township, is_covered, why from lnk_coverage "
            "where source = ? and coalesce(period_no, '2023-2024') = '2023-2024'",
            [source],
        ).fetchall()
    }


def test_fresh_and_whole() -> None:
    assert covered("monitored_person") == {
        "东秀庄乡": (True, "监测系统导出中该乡镇有10人"),
        "砚城镇": (True, "监测系统导出中该乡镇有20人"),
        None: (True, "监测系统导出覆盖全县各乡镇"),
    }


def test_stale_register_proves_nothing_and_says_its_date() -> None:
    found = covered(
        "monitored_person",
        before="update stg_monitored_person set snapshot_on = '2023-09-30' "
        "where township = '东秀庄乡'",
    )
    assert found["东秀庄乡"] == (False, "监测系统导出日期是2023-09-30，已超过62天")
    assert found["砚城镇"][0]
    assert found[None] == (False, "监测系统导出在东秀庄乡不能证明完整")


def test_township_that_another_night_knew_is_expected() -> None:
    found = covered(
        "monitored_person",
        his_coverage=[(AS_OF.replace(day=19), "monitored_person", None, "胡会乡", 40)],
    )
    assert found["胡会乡"] == (False, "监测系统导出中没有该乡镇")


@pytest.mark.parametrize(("day", "is_covered"), [(19, False), (1, False)])
def test_shrunken_against_the_best_of_the_month(day: int, is_covered: bool) -> None:
    """A partial file that lay there last night is no new normal."""
    found = covered(
        "monitored_person",
        his_coverage=[
            (AS_OF.replace(day=day), "monitored_person", None, "砚城镇", 23),
            (AS_OF.replace(day=19), "monitored_person", None, "砚城镇", 20),
        ],
    )
    assert found["砚城镇"] == (
        is_covered,
        "监测系统导出中该乡镇只有20人，近期曾有23人",
    )


def test_shrunken_against_the_snapshot_before() -> None:
    older = people(18, "东秀庄乡", "西坪村").replace("\n", " | 2023-06-10 | no\n")
    newer = people(10, "东秀庄乡", "西坪村").replace("\n", " | 2023-12-18 | yes\n")
    found = covered(
        "monitored_person",
        register=f"{HEADS} | snapshot_on | is_current\n"
        f"{older} | 2023-06-10 | no\n{newer} | 2023-12-18 | yes",
    )
    assert found["东秀庄乡"] == (
        False,
        "监测系统导出中该乡镇只有10人，上一期导出有18人",
    )


@pytest.mark.parametrize(
    ("stated", "counted", "is_covered"),
    [("30", "30", True), ("31", "30", False), ("null", "30", True)],
)
def test_stated_count(stated: str, counted: str, is_covered: bool) -> None:
    found = covered(
        "monitored_person",
        before="insert into ing_sheet by name select 'register.xlsx' as file, '' as "
        f"sheet, {stated} as stated_rows, {counted} as counted_rows",
    )
    assert found["砚城镇"][0] is is_covered


def test_a_held_sheet_proves_nobody_missing() -> None:
    found = covered(
        "monitored_person",
        before="insert into ing_sheet by name select 'new.xlsx' as file, '' as sheet, "
        "'monitored_person' as source, 'ING_RENAMED_COL' as hold_code",
    )
    assert found["砚城镇"] == (
        False,
        "监测系统导出有一张表的标题变了或有疑问，没有采用",
    )


def test_roster_without_a_township_proves_nothing_there() -> None:
    assert covered("yulu_roster") == {
        "东秀庄乡": (False, "2023-2024学年雨露名册中没有该乡镇"),
        "砚城镇": (True, "2023-2024学年雨露名册中该乡镇有10人"),
        None: (False, "2023-2024学年雨露名册在东秀庄乡不能证明完整"),
    }


def test_roster_that_collapsed_against_the_year_before() -> None:
    last_year = people(25, "砚城镇", "城内村", "2022-2023", "3000")
    found = covered("yulu_roster", roster=f"{ROSTER}\n{last_year}")
    assert found["砚城镇"] == (
        False,
        "2023-2024学年雨露名册中该乡镇只有10人，上学年有25人",
    )


LAST_NIGHT = [(AS_OF.replace(day=19), "yulu_roster", "2023-2024", "砚城镇", 10)]


@pytest.mark.parametrize(
    ("sources", "history", "is_covered"),
    [
        pytest.param("['yulu_roster']", [], False, id="a roster"),
        pytest.param("['yulu_roster']", LAST_NIGHT, True, id="last night had no more"),
        pytest.param("[]", [], True, id="nobody knows what it was"),
    ],
)
def test_refused_file(sources: str, history: list[Any], is_covered: bool) -> None:
    found = covered(
        "yulu_roster",
        his_coverage=history,
        before="insert into ing_file by name select 'x.xlsx' as file, "
        f"{sources}::varchar[] as sources, 'refused' as outcome",
    )
    assert found["砚城镇"][0] is is_covered


@pytest.mark.parametrize(("paid", "is_covered"), [(5, True), (4, False)])
def test_payment_file_covers_when_half_of_the_roster_is_in_it(
    paid: int, is_covered: bool
) -> None:
    payments = f"{HEADS} | period_no\n" + people(paid, "砚城镇", "城内村", "2023-2024")
    found = covered("yulu_payment", payments=payments)
    assert found["砚城镇"][0] is is_covered
    assert found["东秀庄乡"] == (False, "2023-2024学年发放文件中没有该乡镇")
