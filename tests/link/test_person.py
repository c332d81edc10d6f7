"""One person over snapshots and nights: corrected numbers, departures, old rosters."""

from __future__ import annotations

from tests.link.world import fetch, linked, pid, wrong

OLD, NEW = pid("20050312", 21), pid("20050321", 21)
TYPO = wrong(NEW, 14)
SNAPSHOTS = (
    "name | id_number | person_no | household_no | village | snapshot_on | is_current"
)
PERSONS = "select name, person_id, is_current, in_register from lnk_person order by 2"


def test_old_roster_links_through_an_earlier_snapshot() -> None:
    con = linked(
        register=f"""
        {SNAPSHOTS}
        李明 | {OLD} | 1 | H1 | 城内村 | 2021-12-18 | no
        王五 | {NEW} | 2 | H2 | 城内村 | 2023-12-18 | yes
        """,
        roster=f"name | id_number | period_no\n李明 | {OLD} | 2021-2022",
    )
    said = "证件号相同，姓名相同，登记在2021-12-18的导出中，当前导出没有此人。"
    assert fetch(con, "select tier, person_id, evidence_sentence from lnk_roster") == [
        ("id", OLD, said)
    ]


def test_departure_links_a_student_whom_no_snapshot_knows() -> None:
    con = linked(
        departures=f"""
        name | id_number | departed_on | departure_reason
        李明 | {OLD} | 2021-03-02 | 死亡
        """,
        roster=f"name | id_number | period_no\n李明 | {OLD} | 2020-2021",
    )
    assert fetch(con, "select tier, person_id from lnk_roster") == [("id", OLD)]
    assert fetch(con, PERSONS) == [("李明", OLD, False, False)]
    assert fetch(con, "select departed_on::varchar, reason from lnk_departure") == [
        ("2021-03-02", "死亡")
    ]


def test_departure_without_a_number_is_the_member_of_that_household() -> None:
    con = linked(
        register=f"{SNAPSHOTS}\n李明 | {OLD} | 1 | H1 | 城内村 | 2021-12-18 | no",
        departures="name | household_no | departed_on\n李明 | H1 | 2022-03-02",
    )
    assert fetch(con, PERSONS) == [("李明", OLD, False, True)]


def test_corrected_number_is_one_person_and_the_old_one_still_links() -> None:
    con = linked(
        register=f"""
        {SNAPSHOTS}
        李明 | {OLD} | 1 | H1 | 城内村 | 2021-12-18 | no
        李明 | {NEW} | 1 | H1 | 城内村 | 2023-12-18 | yes
        """,
        roster=f"name | id_number\n李明 | {OLD}\n李明 | {NEW}",
    )
    assert fetch(con, PERSONS) == [("李明", NEW, True, True)]
    assert fetch(con, "select tier, person_id from lnk_roster") == [("id", NEW)] * 2


def test_corrected_number_without_person_no_needs_household_name_and_nearness() -> None:
    table = """
    name | id_number | household_no | snapshot_on | is_current
    李明 | {} | H1 | 2021-12-18 | no
    李明 | {} | H1 | 2023-12-18 | yes
    """
    near = linked(register=table.format(TYPO, NEW))
    assert fetch(near, "select count(*) from lnk_person") == [(1,)]
    far = linked(register=table.format(pid("20010101", 11), NEW))
    assert fetch(far, "select count(*) from lnk_person") == [(2,)]


def test_two_people_side_by_side_are_never_one() -> None:
    """A 人编号 that Excel cut stands for many."""
    con = linked(
        register=f"""
        {SNAPSHOTS}
        李明 | {OLD} | 1 | H1 | 城内村 | 2021-12-18 | no
        李明 | {OLD} | 1 | H1 | 城内村 | 2023-12-18 | yes
        李明 | {NEW} | 1 | H2 | 城内村 | 2023-12-18 | yes
        """
    )
    assert fetch(con, "select person_id from lnk_person order by 1") == [(OLD,), (NEW,)]


def test_people_without_a_number_are_people() -> None:
    con = linked(
        register="""
        name | person_no | household_no | village
        甲一 | 7 | H1 | 城内村
        乙二 | | H1 | 城内村
        丙三 | | | 城内村
        丙三 | | | 东关村
        """
    )
    assert fetch(con, "select count(distinct person_key) from lnk_person") == [(4,)]


def test_key_is_stable_when_the_number_is_corrected_between_nights() -> None:
    first = linked(
        register=f"{SNAPSHOTS}\n李明 | {OLD} | 1 | H1 | 城内村 | 2023-12-11 | yes"
    )
    [(key,)] = fetch(first, "select person_key from lnk_person")
    second = linked(
        register=f"{SNAPSHOTS}\n李明 | {NEW} | 1 | H1 | 城内村 | 2023-12-18 | yes",
        roster=f"name | id_number\n李明 | {OLD}",
        his_person=[(key, OLD, "1", "李明", "2023-12-11")],
    )
    assert fetch(second, "select person_key, person_id from lnk_person") == [(key, NEW)]
    # the roster still writes the number of then
    assert fetch(
        second, "select person_key, tier, evidence_sentence from lnk_roster"
    ) == [(key, "id", "证件号与系统原登记的号码相同，姓名相同。")]


def test_key_is_not_taken_over_by_another_name_or_from_somebody_present() -> None:
    history = [("pold", OLD, "1", "李明", "2023-12-11")]
    other = linked(
        register=f"{SNAPSHOTS}\n王五 | {NEW} | 1 | H1 | 城内村 | 2023-12-18 | yes",
        his_person=history,
    )
    assert fetch(other, "select person_key = 'pold' from lnk_person") == [(False,)]
    both = linked(
        register=f"""
        {SNAPSHOTS}
        李明 | {OLD} | 9 | H1 | 城内村 | 2023-12-18 | yes
        李明 | {NEW} | 1 | H2 | 东关村 | 2023-12-18 | yes
        """,
        his_person=history,
    )
    assert dict(
        fetch(both, "select person_id, person_key = 'pold' from lnk_person")
    ) == {
        OLD: True,
        NEW: False,
    }


def test_one_key_for_one_person_when_history_gave_it_to_two_numbers() -> None:
    """Once taken for one, now side by side: the first owner keeps the key."""
    alone = linked(
        register=f"{SNAPSHOTS}\n李明 | {OLD} | 1 | H1 | 城内村 | 2023-12-11 | yes"
    )
    [(key,)] = fetch(alone, "select person_key from lnk_person")
    con = linked(
        register=f"""
        {SNAPSHOTS}
        李明 | {OLD} | 1 | H1 | 城内村 | 2023-12-18 | yes
        李明 | {NEW} | 2 | H2 | 东关村 | 2023-12-18 | yes
        """,
        his_person=[
            (key, OLD, "1", "李明", "2023-12-11"),
            (key, NEW, "1", "李明", "2023-12-17"),
        ],
    )
    keys = dict(fetch(con, "select person_id, person_key from lnk_person"))
    assert keys[OLD] == key
    assert keys[NEW] != key
