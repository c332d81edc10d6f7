"""What people decided outranks the tiers, freezes when contradicted, lapses with change."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from pipelines.database import run_sql_file
from pipelines.history.live import STEPS as HISTORY
from pipelines.link import STEPS, link_people, run_step
from tests.link.world import county, fetch, pid, wrong

ANNA, BORA = pid("20050301", 11), pid("20050812", 32)
REGISTER = f"""
township | village | household_no | name | id_number | relation | head_name
三岔镇   | 三岔村  | H1           | 王一 | {ANNA}    | 之子     | 王大
三岔镇   | 三岔村  | H2           | 王二 | {BORA}    | 之子     | 王中
"""
NEAR = wrong(ANNA, 14)
ROSTER = f"""
township | village | name | id_number | head_name
三岔镇   | 三岔村  | 王一 | {NEAR}    | 王大
"""
# two of one name and no number: nobody can tell
TWO = f"""
township | village | household_no | name | id_number | relation
三岔镇   | 三岔村  | H1           | 王一 | {ANNA}    | 之子
三岔镇   | 三岔村  | H2           | 王一 | {BORA}    | 之子
"""
NAMELESS = """
township | village | name | id_number
三岔镇   | 三岔村  | 王一 |
"""
DAY = date(2023, 10, 12)
PERSON = "person_key, pid, person_no, name_key, household_no, last_seen_on"
(MEMORY,) = (step for step in HISTORY if step.name == "65_person.sql")
Answer = tuple[str, int | None, date | None]
SAME: Answer = ("same", 1, DAY)
NOT: Answer = ("none", None, DAY)


@cache
def asked_before(register: str, roster: str) -> tuple[list[Any], list[Any]]:
    """What is asked on a night without any answers, and whom it remembers."""
    con = county(register=register, roster=roster)
    link_people(con)
    run_sql_file(con, MEMORY)
    questions = fetch(
        con,
        "select line_key, roster_side, register_side, candidates from lnk_question "
        "order by roster_side",
    )
    return questions, fetch(con, f"select {PERSON} from mem_person order by all")


def night(
    register: str, roster: str, *answers: Answer, asked: str | None = None,
    asked_of: str | None = None, shuffled: bool = False, until: str = "61",
    joined: bool = False,
) -> Any:  # fmt: skip
    """A night on which questions of an earlier one (``asked``: its register) were
    answered so; only the steps before ``until`` are run. ``joined``: each answer was
    given about another record of what is one person by now."""
    questions, people = asked_before(asked or register, asked_of or roster)
    con = county(register=register, roster=roster, shuffled=shuffled)
    for person in people:
        con.execute(
            f"insert into his_person ({PERSON}) values (?, ?, ?, ?, ?, ?)", person
        )
    for n, (answer, pick, on) in enumerate(answers):
        for line, roster_side, register_side, candidates in questions:
            about = candidates
            if joined:
                about = [
                    {**c, "person_key": f"{c['person_key']}_{n}"} for c in candidates
                ]
                con.execute(
                    "insert into his_person (person_key, pid, alias_of) "
                    "select unnest($1), 'x', unnest($2)",
                    [
                        [c["person_key"] for c in about],
                        [c["person_key"] for c in candidates],
                    ],
                )
            con.execute(
                "insert into ret_decision values "
                "(?, 'B7M87MQ', ?, ?, '张三', ?, null, ?, ?, ?, ?, ?)",
                [f"d{n}{line}", answer, pick, on, DAY, line, roster_side,
                 register_side, about],
            )  # fmt: skip
    for step in STEPS:
        if step.name < until:
            run_step(con, step)
    return con


def links(con: Any) -> list[tuple[Any, ...]]:
    return fetch(
        con,
        "select person.person_id, tier, standing from lnk_choice "
        "left join lnk_person as person using (person_key) order by lnk_choice.row_id",
    )


def sentence(con: Any) -> str:
    return str(fetch(con, "select evidence_sentence from lnk_roster")[0][0])


def lapses(con: Any) -> set[str | None]:
    return {row[0] for row in fetch(con, "select distinct lapse from lnk_answer")}


@pytest.mark.parametrize(
    ("answers", "link"),
    [
        ([], (ANNA, "id_near", "proposed")),
        ([SAME], (ANNA, "decision", "decided")),
        ([NOT], (None, "none", "unlinked")),
        ([("unknown", None, DAY)], (ANNA, "id_near", "proposed")),
        # the later counts; what cannot be put in order freezes
        ([SAME, ("none", None, date(2023, 10, 13))], (None, "none", "unlinked")),
        ([NOT, ("same", 1, date(2023, 10, 13))], (ANNA, "decision", "decided")),
        ([SAME, NOT], (None, "ambiguous", "ambiguous")),
        ([SAME, ("none", None, None)], (None, "ambiguous", "ambiguous")),
        ([SAME, ("same", 1, None)], (ANNA, "decision", "decided")),
    ],
)
def test_an_answer_to_a_proposed_link(
    answers: list[Answer], link: tuple[Any, ...]
) -> None:
    assert links(night(REGISTER, ROSTER, *answers)) == [link]


@pytest.mark.parametrize(
    ("answers", "link"),
    [
        ([], (None, "ambiguous", "ambiguous")),
        ([("same", 2, DAY)], (BORA, "decision", "decided")),
        ([NOT], (None, "none", "unlinked")),
        ([("same", 1, DAY), ("same", 2, DAY)], (None, "ambiguous", "ambiguous")),
        ([("same", 1, DAY), ("same", 2, date(2023, 11, 1))], (BORA, "decision", "decided")),
    ],
)  # fmt: skip
def test_one_of_several(answers: list[Answer], link: tuple[Any, ...]) -> None:
    assert links(night(TWO, NAMELESS, *answers)) == [link]


def test_a_link_on_a_name_alone_says_whose_it_is() -> None:
    said = sentence(night(TWO, NAMELESS, ("same", 2, DAY), until="71"))
    assert said.startswith(
        "经人工认定是同一人（认定编号B7M87MQ，2023-10-12），姓名相同"
    )
    assert "名册没有可用的证件号" in said
    assert "经人工认定不是同一人" in said  # of the other one


@pytest.mark.parametrize(
    ("now", "roster", "lapse", "link"),
    [
        (REGISTER.replace(ANNA, wrong(ANNA, 15)), ROSTER, "number_changed",
         (wrong(ANNA, 15), "id_near", "proposed")),
        (REGISTER.replace("王一", "王七"), ROSTER, "name_changed",
         (None, "none", "unlinked")),
        (REGISTER, ROSTER.replace(NEAR, ANNA), "row_gone", (ANNA, "id", "certain")),
        (REGISTER.replace(f"{BORA}", NEAR), ROSTER, "number_owned",
         (NEAR, "id", "certain")),
        (REGISTER.replace("三岔村", "羊坊村"), ROSTER, None, (ANNA, "decision", "decided")),
    ],
)  # fmt: skip
def test_it_lapses_when_a_number_or_name_changes(
    now: str, roster: str, lapse: str | None, link: tuple[Any, ...]
) -> None:
    con = night(now, roster, SAME, asked=REGISTER, asked_of=ROSTER)
    assert lapse in lapses(con)
    assert links(con) == [link]


def test_no_is_no_for_every_tier_and_the_question_is_not_put_again() -> None:
    con = night(TWO, NAMELESS, NOT, until="76")
    assert fetch(con, "select count(*) from lnk_question") == [(0,)]
    con = night(TWO, NAMELESS, ("unknown", None, DAY), until="76")
    assert fetch(con, "select count(*) from lnk_question") == [(0,)]
    con = night(TWO, NAMELESS, ("same", 1, DAY), ("same", 2, DAY), until="76")
    assert fetch(con, "select is_frozen, len(candidates) from lnk_question") == [
        (True, 2)
    ]


def test_decided_links_are_the_same_in_any_order() -> None:
    more = ROSTER + f"三岔镇 | 三岔村 | 王二 | {wrong(BORA, 9)} | 王中\n"
    query = (
        "select line.name, roster.person_id, roster.tier, roster.evidence "
        "from lnk_roster as roster join lnk_row as line using (row_id) order by all"
    )
    tables = [
        fetch(
            night(REGISTER, more, SAME, NOT, ("same", 1, None), shuffled=s, until="71"),
            query,
        )
        for s in (False, True)
    ]
    assert tables[0] == tables[1]


def test_records_that_are_one_person_by_now_and_were_judged_differently() -> None:
    """A = B, B = C, A ≠ C: the roster's line is the one record, and not the other."""
    later = ("none", None, date(2023, 11, 1))
    con = night(REGISTER, ROSTER, SAME, later, joined=True)
    assert links(con) == [(None, "ambiguous", "ambiguous")]
    assert fetch(con, "select verdict from lnk_verdict") == [("conflict",)]
    # the same word about both is no contradiction
    con = night(REGISTER, ROSTER, SAME, ("same", 1, None), joined=True)
    assert links(con) == [(ANNA, "decision", "decided")]
