"""A returned sheet, read wherever its columns stand and whatever its heading says."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.returns.rows import day_of, rows_of
from schemas.number import QUESTION
from schemas.returns import NONE, SAME, SAME_PERSON, UNKNOWN, Answer, parse_answer

A, B, C = (QUESTION.number(serial) for serial in (1, 2, 3))
HEADS = [
    "认定编号",
    "雨露名册里",
    "监测系统里",
    "认定结果\n（点开选）",
    "认定人",
    "认定日期",
    "情况说明",
]


def grid(*rows: list[str | None]) -> dict[int, dict[int, str]]:
    return {
        at: {place: text for place, text in enumerate(row, 1) if text}
        for at, row in enumerate(rows, 1)
    }


def read(*rows: list[str | None]) -> list[tuple[str | None, dict[str, str]]]:
    return [(r.number, dict(r.cells)) for r in rows_of(SAME_PERSON, grid(*rows))]


def test_a_sheet_as_it_went_out() -> None:
    assert read(
        ["疑似同一人"], HEADS,
        [A, "甲", "乙", "同一人", "张三", "2023-10-12", "看了户口簿"],
        [B, "丙", "丁", None, None, None, None],
    ) == [
        (A, {"roster_side": "甲", "register_side": "乙", "answer": "同一人",
             "decided_by": "张三", "decided_on": "2023-10-12", "note": "看了户口簿"}),
        (B, {"roster_side": "丙", "register_side": "丁"}),
    ]  # fmt: skip


def test_columns_moved_rows_inserted_and_numbers_typed_by_hand() -> None:
    assert read(
        ["认定人", "认定结果", None, "认定编号"],
        ["张三", "是", None, f" {A.lower()} "],
        ["小计", None, None, None],
        ["李四", "否", None, f"{B[:3]}-{B[3:]}"],
    ) == [
        (A, {"decided_by": "张三", "answer": "是"}),
        (B, {"decided_by": "李四", "answer": "否"}),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["编号", "认定结果（必填）", "认定人签字"],
        ["我们的编号", "核对后的认定结果", "认定人"],
        ["ID", "？", "认定人姓名"],  # told by what stands below
    ],
)
def test_headings_typed_anew(headings: list[str]) -> None:
    rows = [[A, "同一人", "张三"], [B, "不是同一人", "张三"], [C, "√", "张三"]]
    found = read(headings, *rows)
    assert [(number, cells.get("answer")) for number, cells in found] == [
        (A, "同一人"), (B, "不是同一人"), (C, "√"),
    ]  # fmt: skip


def test_without_a_heading_and_with_a_wrong_number() -> None:
    wrong = A[:-1] + ("2" if A[-1] != "2" else "3")
    assert [number for number, _ in read([A, "同一人"], [B, "否"])] == [A, B]
    assert read(HEADS, [A, None, None, "是"], [wrong, None, None, "是"]) == [
        (A, {"answer": "是"}), (None, {"answer": "是"}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "candidates", "answer"),
    [
        ("同一人", 1, Answer(SAME, 1)), ("是", 1, Answer(SAME, 1)),
        ("√", 1, Answer(SAME, 1)), ("  属 实。", 1, Answer(SAME, 1)),
        ("候选1", 1, Answer(SAME, 1)), ("ＹＥＳ", 1, Answer(SAME, 1)),
        ("不是同一人", 1, Answer(NONE)), ("否", 1, Answer(NONE)), ("×", 1, Answer(NONE)),
        ("无法确定", 1, Answer(UNKNOWN)), ("？", 1, Answer(UNKNOWN)),
        ("是候选2", 3, Answer(SAME, 2)), ("候选二", 3, Answer(SAME, 2)),
        ("②", 3, Answer(SAME, 2)), ("2", 3, Answer(SAME, 2)), ("第2个", 3, Answer(SAME, 2)),
        ("都不是", 3, Answer(NONE)), ("不是", 3, Answer(NONE)),
        # nobody in particular, nobody there, not an answer
        ("同一人", 3, None), ("是", 2, None), ("是候选4", 3, None), ("候选2", 1, None),
        ("再查", 1, None), ("是同一人吗", 1, None), ("不清楚是不是", 1, None),
    ],
)  # fmt: skip
def test_what_an_answer_says(text: str, candidates: int, answer: Answer | None) -> None:
    assert parse_answer(SAME_PERSON, text, candidates) == answer


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-10-12", date(2023, 10, 12)), ("2023年10月12日", date(2023, 10, 12)),
        ("2023/10/12", date(2023, 10, 12)), ("20231012", date(2023, 10, 12)),
        ("45211", date(2023, 10, 12)), ("23.10.12", date(2023, 10, 12)),
        ("10月12日", date(2023, 10, 12)), ("1.5", date(2024, 1, 5)),
        ("2023-10", None), ("昨天", None), ("13月40日", None),
    ],
)  # fmt: skip
def test_a_day_in_any_form(text: str, day: date | None) -> None:
    assert day_of(text, date(2023, 9, 28)) == day
