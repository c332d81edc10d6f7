"""A person's key over many nights: corrected numbers, moves, two keys that were one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from pipelines.database import run_sql_file
from pipelines.history.live import STEPS as HISTORY
from pipelines.link import STEPS, run_step
from tests.link.world import county, fetch, pid, wrong

A1, A2 = pid("20050312", 21), pid("20050321", 47)  # far apart
NEAR = wrong(A1, 14)
HEADS = "name | id_number | person_no | household_no | head_id_number | snapshot_on | is_current"
(MEMORY,) = (step for step in HISTORY if step.name == "65_person.sql")


def nights(*registers: str, shuffled: bool = False) -> list[dict[str, str]]:
    """Each night's keys by ``name number``; what one night remembers the next knows."""
    memory: list[tuple[Any, ...]] = []
    found = []
    for register in registers:
        con = county(register=f"{HEADS}\n{register}", shuffled=shuffled)
        con.execute("delete from his_person")
        names = "person_key, pid, person_no, name_key, household_no, head_pid, "
        names += "first_seen_on, last_seen_on, alias_of"
        for row in memory:
            con.execute(
                f"insert into his_person ({names}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                row,
            )
        for step in STEPS:
            if step.name < "36":
                run_step(con, step)
        run_sql_file(con, MEMORY)
        memory = fetch(con, f"select {names} from mem_person order by all")
        if shuffled:
            memory.reverse()
        keys = fetch(
            con,
            "select distinct name || ' ' || coalesce(pid, '-'), person_key from lnk_known",
        )
        aliases = fetch(con, "select former_key, person_key from lnk_key_alias")
        found.append(dict(keys) | {f"was {old}": new for old, new in aliases})
    return found


def row(
    name: str, number: str, on: int, *, person_no: str = "", home: str = "H1",
    head: str = "", old: bool = False,
) -> str:  # fmt: skip
    day = date(2023, 9, on)
    return f"{name} | {number} | {person_no} | {home} | {head} | {day} | {'no' if old else 'yes'}\n"


def one_key(*registers: str) -> bool:
    keys = [key for night in nights(*registers) for key in night.values()]
    return len(set(keys)) == 1


@pytest.mark.parametrize(
    ("name", "registers", "is_one"),
    [
        ("as it was", [row("李明", A1, 1), row("李明", A1, 8)], True),
        ("moved to another home", [row("李明", A1, 1), row("李明", A1, 8, home="H9")], True),
        ("renamed", [row("李明", A1, 1), row("李铭", A1, 8)], True),
        ("corrected, same 人编号",
         [row("李明", A1, 1, person_no="7"), row("李明", A2, 8, person_no="7")], True),
        ("corrected by a digit, same home", [row("李明", NEAR, 1), row("李明", A1, 8)], True),
        ("corrected by a digit, new home, same head",
         [row("李明", NEAR, 1, head=A2), row("李明", A1, 8, home="H9", head=A2)], True),
        ("corrected and moved with nothing in common",
         [row("李明", NEAR, 1), row("李明", A1, 8, home="H9")], False),
        ("another number in the same home", [row("李明", A2, 1), row("李明", A1, 8)], False),
        ("a number at last", [row("李明", "", 1), row("李明", A1, 8)], True),
        ("another child of that home", [row("李明", NEAR, 1), row("李亮", A1, 8)], False),
        ("away for a night",
         [row("李明", A1, 1), row("王五", A2, 8, home="H2"), row("李明", A1, 15)], None),
    ],
)  # fmt: skip
def test_from_night_to_night(
    name: str, registers: list[str], is_one: bool | None
) -> None:
    found = nights(*registers)
    if is_one is None:
        assert found[0][f"李明 {A1}"] == found[-1][f"李明 {A1}"], name
        return
    keys = {key for night in found for key in night.values()}
    assert (len(keys) == 1) is is_one, name
    assert found == nights(*registers, shuffled=True)


def test_two_keys_that_were_one_and_are_two_again() -> None:
    first = row("李明", A1, 1, home="H1")
    second = row("李明", A2, 8, home="H2")
    joined = row("李明", A1, 8, person_no="7", old=True) + row(
        "李明", A2, 15, person_no="7", home="H2"
    )
    only_new = row("李明", A2, 16, home="H2")
    apart = row("李明", A1, 20, person_no="8") + row(
        "李明", A2, 20, person_no="7", home="H2"
    )
    told = nights(first, second, joined, only_new, only_new, apart, apart)
    k1, k2 = told[0][f"李明 {A1}"], told[1][f"李明 {A2}"]
    assert k1 != k2
    merged = {f"李明 {A1}": k1, f"李明 {A2}": k1, f"was {k2}": k1}
    assert told[2] == merged
    # the older key stays, also when only the younger number is left
    assert told[3] == told[4] == {f"李明 {A2}": k1, f"was {k2}": k1}
    assert told[5] == told[6] == {f"李明 {A1}": k1, f"李明 {A2}": k2}
    assert told == nights(
        first, second, joined, only_new, only_new, apart, apart, shuffled=True
    )


def test_a_number_that_turns_out_to_be_somebody_elses() -> None:
    mistyped = row("李明", A1, 1, person_no="7")
    corrected = row("李明", A2, 8, person_no="7")
    owner = row("王五", A1, 15, person_no="9", home="H2")
    told = nights(mistyped, corrected, corrected + owner, owner, corrected + owner)
    ming = told[0][f"李明 {A1}"]
    wu = told[2][f"王五 {A1}"]
    assert told[1] == {f"李明 {A2}": ming}
    assert wu != ming
    assert told[2] == told[4] == {f"李明 {A2}": ming, f"王五 {A1}": wu}
    assert told[3] == {f"王五 {A1}": wu}


def test_a_household_that_splits_and_joins() -> None:
    whole = row("李明", A1, 1) + row("李亮", A2, 1)
    split = row("李明", A1, 8) + row("李亮", A2, 8, home="H2")
    told = nights(whole, split, whole.replace("2023-09-01", "2023-09-15"))
    assert told[0] == told[1] == told[2]
    assert len(set(told[0].values())) == 2
