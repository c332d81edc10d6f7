"""What one question says to the people who go and ask it: masked, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from pipelines.report.copies import change_mark
from pipelines.report.masking import folded_number, mask_texts
from pipelines.report.query import Row
from pipelines.report.sheets import DEFAULT_ANSWERS, Sheet

Text = Callable[[str], str]
_TERMS = {"1": "秋季", "2": "春季"}


@dataclass(frozen=True)
class Item:
    """One question; ``cells`` are its texts by column, ``person`` whom it concerns.

    ``person`` is only for counting and is never written.
    """

    finding_no: str
    title: str
    household_key: str
    person: str
    answers: tuple[str, ...]
    change: str
    due_on: date
    cells: Mapping[str, str]


def items_of(sheet: Sheet, rows: Sequence[Row]) -> list[Item]:
    """Items from the rows of an item query, numbered from 1, every number masked."""
    return [
        _item(dict(zip(sheet.query_columns, row, strict=True)), number)
        for number, row in enumerate(rows, 1)
    ]


def _item(row: Mapping[str, object], number: int) -> Item:
    def text(name: str) -> str:
        value = row[name]
        return "" if value is None else str(value)

    matter, register, roster, who, question = (
        part or ""
        for part in mask_texts(
            [
                _matter(text),
                text("register_side"),
                text("roster_side"),
                _who(text),
                text("asks") + (f"\n可看：{text('proof')}" if row["proof"] else ""),
            ]
        )
    )
    answers = cast("list[str] | None", row["answers"])
    is_person = text("subject_kind") == "person"
    return Item(
        finding_no=text("finding_no"),
        title=text("title"),
        household_key=text("household_key"),
        person=f"{text('name')}|{text('subject_id')}" if is_person else "",
        answers=tuple(answers or DEFAULT_ANSWERS),
        change=text("change"),
        due_on=cast("date", row["due_on"]),
        cells={
            "serial": str(number),
            "who": folded_number(who),
            "number_of": text("finding_no"),
            "change": change_mark(text("change"), text("state"), row["asked_on"]),
            "matter": matter,
            "register": folded_number(register),
            "roster": folded_number(roster),
            "question": question,
        },
    )


def _who(text: Text) -> str:
    """Name, sex and age, head of household, number, each on its line."""
    is_person = text("subject_kind") == "person"
    name, head = text("name"), text("head_name")
    if not is_person:
        return "\n".join(filter(None, (name or text("subject_id"), head)))
    house = "（户主）" if head and head == name else head and f"户主 {head}"
    # Two people under one number are told apart by #2: nothing for a visit.
    number = text("subject_id").split("#")[0]
    return "\n".join(filter(None, (name, text("sex_age"), house, number)))


def _matter(text: Text) -> str:
    year, term = text("period")[:9], text("period")[10:]
    period = f"（{year}学年{_TERMS.get(term, '')}）" if year else ""
    stake = text("yuan_at_stake")
    money = f"\n涉及 {int(stake):,} 元。" if stake not in ("", "0") else ""
    return f"【{text('title')}】{period}\n{text('sentence')}{money}"
