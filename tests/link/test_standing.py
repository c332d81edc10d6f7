"""Which snapshot speaks for a period, who is entitled on a day, who is in scope."""

from __future__ import annotations

import pytest

from pipelines.link import link_people
from tests.link.world import county, fetch, linked, pid, rows_of

LI = pid("20050312", 21)
WANG = pid("20050708", 35)


def test_a_snapshot_speaks_for_its_year_and_in_grace_for_the_year_before() -> None:
    con = linked(
        register=f"""
        name | id_number | snapshot_on | is_current | school_state
        李明 | {LI} | 2022-11-10 | no | 中职一年级
        李明 | {LI} | 2023-06-10 | no | 中职一年级
        李明 | {LI} | 2023-09-20 | yes | 中职二年级
        """
    )
    assert fetch(
        con,
        """
        select speaking.period_no, speaking.snapshot_on::varchar, speaking.in_grace,
               in_year.snapshot_on::varchar
        from lnk_speaking as speaking
        left join lnk_register as in_year on in_year.row_id = speaking.in_year_row_id
        order by 1
        """,
    ) == [
        ("2022-2023", "2023-09-20", True, "2023-06-10"),
        ("2023-2024", "2023-09-20", False, None),
    ]


def test_after_the_grace_a_snapshot_speaks_for_its_own_year_only() -> None:
    con = linked(
        register=f"""
        name | id_number | snapshot_on
        李明 | {LI} | 2023-10-16
        """
    )
    assert fetch(con, "select period_no, in_grace from lnk_speaking") == [
        ("2023-2024", False)
    ]


# One household each, its standing on 2023-09-01, and the mark 不享受政策.
STANDINGS = """
name | type | category | identified | done | eliminated | off | standing
脱贫户 | 脱贫户 | | | | | no | entitled
any sub-type | 低保脱贫户 | | | | | no | entitled
eliminated, but 脱贫户 | 脱贫户 | 脱贫不稳定户 | 202203 | 是 | 202212 | no | entitled
off | 脱贫户 | | | | | yes | no_policy
off, but monitored | 脱贫户 | 脱贫不稳定户 | 202203 | 否 | | yes | entitled
off before eliminated | 脱贫户 | 脱贫不稳定户 | 202203 | 是 | 202212 | yes | no_policy
monitored | 一般农户 | 边缘易致贫户 | 202203 | 否 | | no | entitled
found in the month | 一般农户 | 边缘易致贫户 | 202309 | 否 | | no | entitled
found later | 一般农户 | 边缘易致贫户 | 202310 | 否 | | no | late_found
eliminated before | 一般农户 | 边缘易致贫户 | 202203 | 是 | 202308 | no | risk_done
eliminated in the month | 一般农户 | 边缘易致贫户 | 202203 | 是 | 202309 | no | entitled
eliminated, 是 left out | 一般农户 | 边缘易致贫户 | 202203 | | 202308 | no | risk_done
flipped back | 一般农户 | 边缘易致贫户 | 202203 | 否 | 202308 | no | entitled
eliminated, undated | 一般农户 | 边缘易致贫户 | 202203 | 是 | | no | unknown
found, undated | 一般农户 | 边缘易致贫户 | | 否 | | no | unknown
ordinary | 一般农户 | | | | | no | not_eligible
nothing said | | | | | | no | unknown
"""
COLUMNS = (
    "name | household_type | monitored_category | identified_on | is_risk_done | "
    "eliminated_on | is_policy_off"
)


def test_entitlement() -> None:
    cases = rows_of(STANDINGS)
    lines = [line.rsplit("|", 1)[0] for line in STANDINGS.strip().splitlines()[1:]]
    con = linked(register="\n".join((COLUMNS, *lines)))
    found = fetch(
        con,
        "select name, why, is_entitled from lnk_entitlement "
        "join lnk_person using (person_key) where period_no = '2023-2024'",
    )
    assert {name: why for name, why, _ in found} == {
        case["name"]: case["standing"] for case in cases
    }
    words = {"entitled": True, "unknown": None}
    assert all(entitled is words.get(why, False) for _, why, entitled in found)


@pytest.mark.parametrize(
    ("mode", "listed", "paid", "expected"),
    [
        ("term_start", "李明 2022-2023", "", "risk_done"),
        ("new_only", "李明 2022-2023", "", "entitled"),
        ("new_only", "王刚 2022-2023", "2022-2023", "entitled"),
        ("new_only", "王刚 2022-2023", "", "risk_done"),
        # without a roster from before the elimination nobody knows who was in
        ("new_only", "李明 2023-2024", "", "unknown"),
        ("ignore", "李明 2023-2024", "", "entitled"),
        (None, "李明 2022-2023", "", "unknown"),
    ],
)
def test_policies_for_eliminated_households(
    mode: str | None, listed: str, paid: str, expected: str
) -> None:
    name, period = listed.split()
    con = county(
        register=f"""
        {COLUMNS} | id_number
        李明 | 一般农户 | 边缘易致贫户 | 202203 | 是 | 202308 | no | {LI}
        """,
        roster=f"""
        name | id_number | period_no
        {name} | {LI if name == "李明" else WANG} | {period}
        李明 | {LI} | 2023-2024
        """,
        payments=f"name | id_number | period_no | payment_status\n李明 | {LI} | {paid} | 成功"
        if paid
        else "",
    )
    con.execute("update ref_policy set risk_mode = ?", [mode])
    link_people(con)
    assert fetch(
        con, "select why from lnk_entitlement where period_no = '2023-2024'"
    ) == [(expected,)]


def test_an_old_period_is_judged_by_the_snapshot_nearest_after_it() -> None:
    con = linked(
        register=f"""
        name | id_number | snapshot_on | is_current | household_type | is_policy_off
        李明 | {LI} | 2022-11-10 | no | 脱贫户 | no
        李明 | {LI} | 2023-12-18 | yes | 脱贫户 | yes
        """,
        roster=f"name | id_number | period_no\n李明 | {LI} | 2020-2021",
    )
    assert dict(fetch(con, "select period_no, why from lnk_entitlement")) == {
        "2020-2021": "entitled",
        "2022-2023": "entitled",
        "2023-2024": "no_policy",
    }


def test_a_layout_without_the_date_takes_it_from_another_snapshot() -> None:
    """The monthly list says that the risk is eliminated, the next export says when."""
    con = linked(
        register=f"""
        {COLUMNS} | id_number | snapshot_on | is_current
        李明 | 一般农户 | 边缘易致贫户 | | 是 | | no | {LI} | 2022-12-31 | no
        李明 | 一般农户 | 边缘易致贫户 | 202003 | 是 | 202105 | no | {LI} | 2023-12-18 | yes
        """,
        roster=f"""
        name | id_number | period_no
        李明 | {LI} | 2020-2021
        李明 | {LI} | 2021-2022
        """,
    )
    found = dict(fetch(con, "select period_no, why from lnk_entitlement"))
    assert found["2020-2021"] == "entitled"
    assert found["2021-2022"] == "risk_done"


def test_a_sheet_without_the_category_leaves_ordinary_households_open() -> None:
    con = county(register=f"name | id_number | household_type\n李明 | {LI} | 一般农户")
    con.execute(
        "insert into ing_heading values "
        "('register.xlsx', '', 'monitored_person', 1, '姓名', 'name', 'used')"
    )
    link_people(con)
    assert fetch(con, "select distinct why from lnk_entitlement") == [("unknown",)]


def test_household_facts_stand_on_one_row_of_the_household() -> None:
    con = linked(
        register=f"""
        name | id_number | household_no | relation | household_type
        李父 | {pid("20010101", 11)} | H1 | 户主 | 脱贫户
        李明 | {LI} | H1 | 之子 |
        """
    )
    assert fetch(con, "select distinct why from lnk_entitlement") == [("entitled",)]


def test_scope() -> None:
    con = linked(
        register=f"""
        name | id_number | household_no | relation | household_type | school_state
        李父 | {pid("19700101", 11, "142299")} | H1 | 户主 | 脱贫户 |
        李明 | {LI} | H1 | 之子 | 脱贫户 |
        李小 | {pid("20150312", 21)} | H1 | 之子 | 脱贫户 | 小学
        王父 | {pid("19700101", 12, "142299")} | H2 | 户主 | 一般农户 |
        王强 | {pid("20050401", 11)} | H2 | 之子 | 一般农户 | 中职一年级
        赵父 | {pid("19700101", 13, "142299")} | H3 | 户主 | 一般农户 |
        赵一 | {pid("20050402", 11)} | H3 | 之子 | 一般农户 |
        钱二 | {pid("20050403", 11)} | H4 | 户主 | 一般农户 |
        """,
        roster=f"name | id_number\n钱二 | {pid('20050403', 11)}",
    )
    assert dict(
        fetch(con, "select name, why from lnk_scope join lnk_person using (person_key)")
    ) == {
        "李父": "head",
        "李明": "age",
        "王父": "head",
        "王强": "vocational",
        "钱二": "roster",
    }
