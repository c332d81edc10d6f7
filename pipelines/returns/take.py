"""Returned rows against the questions ever asked: taken, blank, or refused by reason."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from pipelines.database import run_sql_file
from pipelines.returns.rows import Grid, ReturnedRow, day_of, rows_of
from schemas.returns import SAME_PERSON, Answer, parse_answer

_HERE = Path(__file__).parent
_LONGEST = 200
_SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_UNTOLD = re.compile(r"[^0-9A-Za-z\u3400-\u9fff]+")


@dataclass(frozen=True)
class Question:
    """What was asked under a number: when, both sides as they were shown."""

    first_on: date
    roster_side: str
    register_side: str
    candidates: int


@dataclass(frozen=True)
class Asked:
    """Every question ever asked by number, and which ones show a side in these words."""

    by_number: Mapping[str, Question]
    by_roster: Mapping[str, frozenset[str]]
    by_register: Mapping[str, frozenset[str]]


def asked_of(questions: Mapping[str, Question]) -> Asked:
    """The questions, ready to be looked up."""
    return Asked(
        questions,
        _by_words((n, q.roster_side) for n, q in questions.items()),
        _by_words((n, q.register_side) for n, q in questions.items()),
    )


def _by_words(sides: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for number, side in sides:
        found.setdefault(_bare(side), set()).add(number)
    return {words: frozenset(numbers) for words, numbers in found.items()}


@dataclass
class Taken:
    """What became of one returned row; ``notices`` are for whoever sent it."""

    row_no: int
    question_no: str | None
    shown_number: str
    outcome: str = "taken"
    answer: str | None = None
    pick: int | None = None
    decided_by: str | None = None
    decided_on: date | None = None
    note: str | None = None
    said: str | None = None
    reason: str | None = None
    notices: list[str] = field(default_factory=list)

    @property
    def decision_key(self) -> str | None:
        if self.outcome != "taken":
            return None
        told = (
            self.question_no, self.answer, self.pick, self.decided_by,
            self.decided_on, self.note,
        )  # fmt: skip
        return hashlib.md5(repr(told).encode(), usedforsecurity=False).hexdigest()


def take_returns(con: duckdb.DuckDBPyConnection) -> None:
    """Fill ``ret_row`` (every row that came back) and ``ret_decision`` (every answer
    known tonight, those of earlier nights included).

    Reads ``ing_returned``, ``his_question``, ``his_decision``, ``run``.
    """
    asked = asked_of(_questions(con))
    found: list[tuple[Any, ...]] = []
    for (file, sheet), grid in _sheets(con):
        for row in rows_of(SAME_PERSON, grid):
            taken = take(row, asked)
            found.append((file, sheet, *_values(taken)))
    names = (
        "file varchar, sheet varchar, row_no integer, question_no varchar, "
        "shown_number varchar, outcome varchar, answer varchar, pick integer, "
        "decided_by varchar, decided_on date, note varchar, said varchar, "
        "reason varchar, notices varchar, decision_key varchar"
    )
    con.execute(f"create or replace table ret_row ({names})")
    if found:
        marks = ", ".join("?" * len(found[0]))
        con.executemany(f"insert into ret_row values ({marks})", found)  # noqa: S608
    run_sql_file(con, _HERE / "decision.sql")


def take(row: ReturnedRow, asked: Asked) -> Taken:
    """One row judged by itself: its number, its sides, its answer, its date."""
    taken = Taken(row.row_no, row.number, row.shown_number)
    cells = row.cells
    taken.said = _short(cells.get("answer"))
    taken.decided_by = _short(cells.get("decided_by"))
    taken.note = _short(cells.get("note"))
    has_words = any(
        cells.get(n) for n in ("answer", "decided_by", "decided_on", "note")
    )
    if row.number is None:
        given = f"编号“{row.shown_number}”有误" if row.shown_number else "没有认定编号"
        return _refused(taken, f"{given}，不知道答的是哪一条")
    question = asked.by_number.get(row.number)
    if question is None:
        return _refused(taken, "没有发出过这个编号")
    if not cells.get("answer"):
        taken.outcome = "blank"
        if has_words:
            taken.notices.append("写了别的内容，但没有选认定结果")
        return taken
    if (moved := _side_trouble(cells, row.number, question, asked)) is not None:
        return _refused(taken, moved)
    answer = parse_answer(SAME_PERSON, cells["answer"], question.candidates)
    if answer is None:
        return _refused(taken, _not_understood(question))
    _fill(taken, answer, cells, question)
    return taken


def _fill(
    taken: Taken, answer: Answer, cells: Mapping[str, str], question: Question
) -> None:
    taken.answer, taken.pick = answer.code, answer.pick
    if written := cells.get("decided_on"):
        taken.decided_on = day_of(written, question.first_on)
        if taken.decided_on is None:
            taken.notices.append("认定日期看不懂，按没有日期处理")
        elif taken.decided_on < question.first_on:
            taken.notices.append("认定日期早于下发日期，请核对")
    else:
        taken.notices.append("没有写认定日期")
    if taken.decided_by is None:
        taken.notices.append("没有写认定人")
    taken.notices += _edits(cells, question)


def _refused(taken: Taken, reason: str) -> Taken:
    taken.outcome, taken.reason = "refused", reason
    return taken


def _not_understood(question: Question) -> str:
    if question.candidates == 1:
        return "认定结果看不懂，请选“同一人”“不是同一人”或“无法确定”"
    return "认定结果看不懂，有多名候选人，请写明“是候选几”，或“都不是”“无法确定”"


def _side_trouble(
    cells: Mapping[str, str], number: str, question: Question, asked: Asked
) -> str | None:
    """Why a row's sides are not those of its number: then it may answer about others."""
    changed = 0
    for name, own, by_words in (
        ("roster_side", question.roster_side, asked.by_roster),
        ("register_side", question.register_side, asked.by_register),
    ):
        words = _bare(cells.get(name))
        if not words or words == _bare(own):
            continue
        changed += 1
        if by_words.get(words, frozenset()) - {number}:
            return "编号与本行的人对不上（可能只排序了部分列），没有采用"
    if changed > 1:
        return "编号与本行的人对不上（两边的内容都与下发时不同），没有采用"
    return None


def _edits(cells: Mapping[str, str], question: Question) -> Iterator[str]:
    for name, title, own in (
        ("roster_side", "雨露名册里", question.roster_side),
        ("register_side", "监测系统里", question.register_side),
    ):
        if name in cells and _bare(cells[name]) != _bare(own):
            yield f"“{title}”一栏被改动，改动没有采用（请在源系统中更正）"


def _bare(text: str | None) -> str:
    return _UNTOLD.sub("", unicodedata.normalize("NFKC", text or ""))


def _short(text: str | None) -> str | None:
    plain = _SPACE.sub(" ", text or "").strip()
    return plain[:_LONGEST] or None


def _values(taken: Taken) -> Iterable[Any]:
    return (
        taken.row_no, taken.question_no, taken.shown_number, taken.outcome,
        taken.answer, taken.pick, taken.decided_by, taken.decided_on, taken.note,
        taken.said, taken.reason, "；".join(taken.notices) or None, taken.decision_key,
    )  # fmt: skip


def _questions(con: duckdb.DuckDBPyConnection) -> dict[str, Question]:
    rows = con.execute(
        "select question_no, first_on, roster_side, register_side, len(candidates) "
        "from his_question order by question_no"
    ).fetchall()
    return {number: Question(*rest) for number, *rest in rows}


def _sheets(
    con: duckdb.DuckDBPyConnection,
) -> Iterator[tuple[tuple[str, str], Grid]]:
    cells = con.execute(
        "select file, sheet, row_no, column_no, value from ing_returned "
        "order by file, sheet_no, row_no, column_no"
    ).fetchall()
    sheets: dict[tuple[str, str], dict[int, dict[int, str]]] = {}
    for file, sheet, row_no, column_no, value in cells:
        sheets.setdefault((file, sheet), {}).setdefault(row_no, {})[column_no] = value
    yield from sheets.items()
