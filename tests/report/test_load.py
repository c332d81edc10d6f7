"""What goes out, what waits and what is taken back, night after night."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb
import openpyxl
import pytest

from pipelines.database import load_settings
from pipelines.progress import silent
from pipelines.report import audit, sheets, write
from pipelines.report.audit import CHECKS
from pipelines.report.copies import Copy
from pipelines.report.prepare import STEPS, prepare
from pipelines.report.query import asked, step
from pipelines.settings import Visits
from tests.report.literal_night import SETTINGS, finding, make_night

D1 = date(2023, 9, 25)
SOON = Visits(village_doors=2, ask_again_days=30, yuan_a_day=10)


@dataclass(frozen=True)
class Ask:
    """A question: number, household, yuan, evidence, state, when first seen, where."""

    number: str
    house: str
    yuan: int = 0
    says: str = "原样"
    state: str = "new"
    since: date = D1
    village: str | None = "三岔村"


@dataclass
class Nights:
    """One county whose nights follow each other."""

    con: duckdb.DuckDBPyConnection
    visits: Visits = SOON
    last: date | None = field(default=None)

    def night(self, on: date, *asks: Ask) -> dict[str, str]:
        """Number → what becomes of it, as in ``new``, ``same``, ``queued 2``."""
        con = self.con
        con.execute("update run set as_of = ?", [on])
        load_settings(con, replace(SETTINGS, visits=self.visits))
        if self.last is None:
            con.execute("delete from his_asked; delete from his_run")
        else:
            con.execute("create or replace table his_asked as from mem_asked")
            con.execute("insert into his_run values (?, '{}')", [self.last])
        self.last = on
        con.execute("delete from fnd_finding")
        for ask in asks:
            row = finding(
                ask.number, "EDU_NOT_VOC", 0, [], name=f"{ask.house}某",
                subject_key=ask.house, subject_id=ask.house, township="三岔镇",
                village=ask.village, yuan_at_stake=ask.yuan, observed=ask.says,
                state=ask.state, first_seen_on=ask.since, sentence="两边不一样。",
                held_reason="待定" if ask.state == "held" else None, period=ask.number,
                source_rows=["a.xlsx!Sheet1!5"],
            )  # fmt: skip
            marks = ", ".join("?" * len(row))
            con.execute(f"insert into fnd_finding values ({marks})", [*row])
        for name in ("50_items", "52_load"):
            step(con, STEPS / f"{name}.sql")
        for check in ("load", "routing"):
            assert asked(con, CHECKS / f"{check}.sql")[1] == []
        con.execute(
            "select finding_no, coalesce(change, concat_ws(' ', standing, queue_no, "
            "rests_until)) from out_item order by finding_no"
        )
        return dict(con.fetchall())

    def taken_back(self) -> dict[str, str]:
        """Number → why it was taken back tonight."""
        self.con.execute(
            "select finding_no, left_because from out_withdrawn where is_tonight "
            "order by finding_no"
        )
        return dict(self.con.fetchall())


@pytest.fixture(scope="module")
def shared() -> Iterator[duckdb.DuckDBPyConnection]:
    con = make_night()
    prepare(con)
    yield con
    con.close()


@pytest.fixture
def county(shared: duckdb.DuckDBPyConnection) -> Nights:
    return Nights(shared)


def days(count: int) -> date:
    return D1 + timedelta(days=count)


A, B, C = Ask("A", "甲", 3000), Ask("B", "乙", 1500), Ask("C", "丙", 2000)


def test_the_dearest_households_go_first_and_stay_whole(county: Nights) -> None:
    assert county.night(D1, A, B, C, Ask("B2", "乙", 1000)) == {
        "A": "new",
        "B": "new",
        "B2": "new",
        "C": "queued 1",
    }


def test_a_long_wait_counts_like_money(county: Nights) -> None:
    # 60 days at ten yuan each come before 500 yuan, and not before 700
    asks = (Ask("A", "甲", 500), Ask("B", "乙", 700), Ask("C", "丙", since=days(-60)))
    assert county.night(D1, *asks) == {"A": "queued 1", "B": "new", "C": "new"}


def test_what_lies_in_their_hands_keeps_its_place(county: Nights) -> None:
    county.night(D1, A, C)
    dear = Ask("Z", "子", 90000)
    assert county.night(days(1), A, C, dear) == {
        "A": "same",
        "C": "same",
        "Z": "queued 1",
    }
    # one is answered: its place is free
    answered = replace(C, state="answered")
    assert county.night(days(2), A, answered, dear) == {"A": "same", "Z": "new"}
    assert county.taken_back() == {"C": "answered"}


def test_a_team_that_never_answers_does_not_keep_dearer_ones_waiting(
    county: Nights,
) -> None:
    county.night(D1, B, C)
    assert county.night(days(30), B, C, Ask("Z", "子", 90000))["Z"] == "queued 1"
    assert county.night(days(31), B, C, Ask("Z", "子", 90000)) == {
        "B": "queued 1",
        "C": "again",
        "Z": "new",
    }
    assert county.taken_back() == {"B": "yielded"}


def test_changed_evidence_is_marked_and_asked_anew(county: Nights) -> None:
    county.night(D1, A)
    changed = replace(A, says="另一样", state="issued")
    assert county.night(days(5), changed) == {"A": "changed"}
    county.con.execute("select asked_on, due_on from out_item")
    assert county.con.fetchall() == [(days(5), days(15))]
    assert county.night(days(6), changed) == {"A": "same"}
    county.con.execute("select asked_on, due_on from out_item")
    assert county.con.fetchall() == [(days(5), days(15))]


@pytest.mark.parametrize("state", ["answered", "awaiting_proof", "closed", "waived"])
def test_nobody_is_asked_twice_within_the_days(county: Nights, state: str) -> None:
    county.night(D1, A)
    county.night(days(3), replace(A, state=state))
    back = replace(A, state="reopened")
    assert county.night(days(4), back) == {"A": "resting 2023-10-26"}
    assert county.night(days(30), back) == {"A": "resting 2023-10-26"}
    assert county.night(days(31), back) == {"A": "new"}


def test_unless_the_evidence_changed(county: Nights) -> None:
    county.night(D1, A)
    county.night(days(3), replace(A, state="answered"))
    assert county.night(days(4), replace(A, says="另一样")) == {"A": "new"}


def test_what_was_only_held_back_for_a_night_comes_back_at_once(county: Nights) -> None:
    county.night(D1, A)
    county.night(days(1), replace(A, state="held"))
    assert county.taken_back() == {"A": "held"}
    assert county.night(days(2), A) == {"A": "new"}


def test_another_village_is_asked_and_the_first_is_told(county: Nights) -> None:
    county.night(D1, A)
    moved = replace(A, village="羊坊村")
    assert county.night(days(1), moved) == {"A": "new"}
    county.con.execute("select village, name, left_because from out_withdrawn")
    # who lives elsewhere now is not named to the first village
    assert county.con.fetchall() == [("三岔村", None, "moved")]


def test_nobody_is_lost_whatever_is_declared(county: Nights) -> None:
    dice = random.Random(11)
    asks: list[Ask] = []
    for night in range(12):
        county.visits = Visits(
            village_doors=dice.randrange(6),
            ask_again_days=dice.choice((0, 3, 30)),
            doors={"三岔镇/羊坊村": dice.randrange(4), "三岔镇": dice.randrange(3)},
        )
        asks = [
            replace(a, state=dice.choice(("issued", "open", "answered", "closed")),
                    says=dice.choice(("原样", "另一样")))
            for a in asks if a.state != "closed"
        ] + [
            Ask(f"N{night}-{n}", f"户{dice.randrange(9)}", dice.choice((0, 1500, 3000)),
                since=days(night), village=dice.choice(("三岔村", "羊坊村", None)))
            for n in range(dice.randrange(6))
        ]  # fmt: skip
        told = county.night(days(night), *asks)
        # in a copy, in the line, or left alone for a while
        open_ = {a.number for a in asks if a.state not in ("answered", "closed")}
        assert told.keys() == open_


def rows_of(path: Path, sheet: str) -> list[list[object]]:
    page = openpyxl.load_workbook(path)[sheet]
    return [[cell.value for cell in line] for line in page.iter_rows()]


def test_the_books_say_what_changed_and_what_waits(
    tmp_path: Path, county: Nights
) -> None:
    county.night(D1, A, C)
    county.night(days(2), A, B, replace(C, state="closed"),
                 Ask("Z", "子", 100), Ask("Y", "丑", 50))  # fmt: skip
    folder = tmp_path / "n"
    write(county.con, folder, SETTINGS, silent)
    assert audit(folder, county.con) == []
    village, township = folder / "村/三岔镇/三岔村.xlsx", folder / "乡镇/三岔镇.xlsx"
    cover = {str(row[0]): str(row[1]) for row in rows_of(village, "说明")}
    assert cover["这次的变化"] == (
        "本册代替2023年09月25日及以前的各册：新增 1 个，有变化 0 个，撤回 1 个，未变 1 个。"
        "旧的不用再填；已经填了的照样可以交回。"
    )
    assert cover["后面还有"] == (
        "还有 2 户 2 个问题在排队，本册的交回以后再发，不用现在查。"
    )
    assert cover["C\n丙某"].startswith("2023-09-27 撤回：数据已更正，已销号。")
    marks = {row[2]: row[3] for row in rows_of(village, "核查表")[3:] if row[2]}
    assert marks == {"A": "未变\n09-25\n下发", "B": "新增"}
    queue = [row[:3] for row in rows_of(township, "排队")[4:]]
    assert queue == [["三岔村", 1, "Z"], ["三岔村", 2, "Y"]]
    sent = {row[0]: row[2] for row in rows_of(folder / "对账总表.xlsx", "差异清单")[4:]}
    assert sent == {
        "A": "已下发 2023-09-25", "B": "已下发 2023-09-27", "C": None,
        "Y": "排队（第 2 户）", "Z": "排队（第 1 户）",
    }  # fmt: skip


def test_a_village_with_nothing_left_is_told_so(tmp_path: Path, county: Nights) -> None:
    county.night(D1, A)
    county.night(days(1), replace(A, state="closed"))
    folder = tmp_path / "n"
    write(county.con, folder, SETTINGS, silent)
    assert audit(folder, county.con) == []
    cover = rows_of(folder / "村/三岔镇/三岔村.xlsx", "说明")
    assert ["交回时间", "没有要交回的。"] in cover


@pytest.mark.parametrize(
    ("copy", "said"),
    [
        (Copy(new_count=3), "这是第一册，全部是新增的。"),
        (Copy(replaces_on=D1, same_count=3), "没有变化，手里有那一册的可以接着用。"),
    ],
)
def test_the_sentence_of_the_cover(copy: Copy, said: str) -> None:
    assert copy.change.endswith(said)


def test_the_order_of_rows_changes_nothing(county: Nights) -> None:
    dice = random.Random(5)
    asks = [
        Ask(f"N{n}", f"户{n % 7}", dice.choice((0, 1500)), since=days(-n % 3))
        for n in range(20)
    ]
    seen: list[Mapping[str, str]] = []
    for _ in range(3):
        county.last = None
        dice.shuffle(asks)
        seen.append(county.night(D1, *asks))
    assert seen[0] == seen[1] == seen[2]


def test_every_count_of_what_was_sent_comes_out_again_by_hand(county: Nights) -> None:
    dice = random.Random(4)
    county.night(D1, A, B, C)
    asks = [
        Ask(f"N{n}", f"户{n % 9}", dice.choice((0, 1500)),
            village=dice.choice(("三岔村", "羊坊村", None)))
        for n in range(30)
    ]  # fmt: skip
    county.night(days(1), A, replace(B, state="closed"), *asks)
    con = county.con
    names = "village, standing, change, yuan_at_stake, household_key, audience"
    con.execute(f"select {names} from out_item")
    items = con.fetchall()
    for row in asked(con, sheets.DISPATCH.path)[1]:
        told = dict(zip(sheets.DISPATCH.query_columns, row, strict=True))
        village = None if told["village"] == "（乡镇）" else told["village"]
        mine = [item for item in items if item[0] == village]
        out = [item for item in mine if item[1] == "out"]
        line = [item for item in mine if item[1] == "queued"]
        assert (told["out_count"], told["out_doors"]) == (
            len(out), len({item[4] for item in out}),
        )  # fmt: skip
        assert told["queued_count"] == len(line)
        assert told["queued_doors"] == len({item[4] for item in line})
        assert told["queued_yuan"] == sum(item[3] for item in line)
        assert told["new_count"] == sum(i[2] in ("new", "again") for i in out)
    *_, total = asked(con, sheets.BY_TOWNSHIP.path)[1]
    told = dict(zip(sheets.BY_TOWNSHIP.query_columns, total, strict=True))
    assert told["findings"] == len(items)
    assert told["out_count"] == sum(item[1] == "out" for item in items)
    assert told["waiting"] == sum(item[1] in ("queued", "resting") for item in items)
