"""Each returned row: taken, blank, or refused with the reason that its receipt gives."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.returns.rows import ReturnedRow
from pipelines.returns.take import Question, Taken, asked_of, take
from schemas.number import QUESTION

A, B, NEVER = (QUESTION.number(serial) for serial in (1, 2, 9))
ON = date(2023, 9, 28)
ASKED = asked_of(
    {
        A: Question(ON, "甲\n1号", "甲\n2号", 1),
        B: Question(ON, "乙\n3号", "候选1：乙　4号\n候选2：丙　5号", 2),
    }
)


def told(number: str | None, **cells: str) -> Taken:
    return take(ReturnedRow(7, number, number or "K7M3QXX", cells), ASKED)


@pytest.mark.parametrize(
    ("number", "cells", "outcome", "reason"),
    [
        (A, {"answer": "是"}, "taken", None),
        (A, {}, "blank", None),
        (A, {"note": "还没问"}, "blank", None),
        (A, {"answer": "再看看"}, "refused", "看不懂"),
        (B, {"answer": "同一人"}, "refused", "候选几"),
        (B, {"answer": "是候选2"}, "taken", None),
        (NEVER, {"answer": "是"}, "refused", "没有发出过"),
        (None, {"answer": "是"}, "refused", "有误"),
        # only the number column was sorted
        (A, {"answer": "是", "roster_side": "乙 3号"}, "refused", "对不上"),
        (A, {"answer": "是", "roster_side": "丁", "register_side": "戊"}, "refused", "对不上"),
        # one cell edited: told, not believed
        (A, {"answer": "是", "roster_side": "甲 1 号", "register_side": "甲8号"}, "taken", None),
    ],
)  # fmt: skip
def test_a_row(
    number: str | None, cells: dict[str, str], outcome: str, reason: str | None
) -> None:
    found = told(number, **cells)
    assert found.outcome == outcome
    assert (reason or "") in (found.reason or "")


def test_what_is_noticed() -> None:
    assert told(A, answer="是").notices == ["没有写认定日期", "没有写认定人"]
    edited = told(
        A,
        answer="是",
        decided_by="张三",
        decided_on="2022-10-12",
        register_side="甲8号",
    )
    assert edited.notices == [
        "认定日期早于下发日期，请核对",
        "“监测系统里”一栏被改动，改动没有采用（请在源系统中更正）",
    ]
    assert told(A, note="问过").notices == ["写了别的内容，但没有选认定结果"]


def test_the_same_answer_has_the_same_key_and_another_one_has_not() -> None:
    said = {"answer": "是", "decided_by": "张三", "decided_on": "2023-10-12"}
    key = told(A, **said).decision_key
    assert (
        key == told(A, **{**said, "answer": "√", "decided_on": "10月12日"}).decision_key
    )
    assert key != told(A, **{**said, "decided_on": "2023-10-13"}).decision_key
    assert told(A).decision_key is None
