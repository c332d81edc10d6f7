"""What a team's book of tonight is against the copy the team already holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from pipelines.report import sheets
from pipelines.report.masking import mask_text
from pipelines.report.query import Row
from pipelines.report.words import WORDS

Team = tuple[str, str | None]
_TOWNSHIP_ITSELF = "（乡镇）"


@dataclass(frozen=True)
class Withdrawn:
    """A question of an earlier copy that need not be asked any more."""

    finding_no: str
    name: str
    title: str
    why: str
    asked_on: date
    left_on: date


@dataclass(frozen=True)
class Copy:
    """One book: how many questions are new, changed, the same, withdrawn, or wait."""

    replaces_on: date | None = None
    new_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    withdrawn_count: int = 0
    queued_doors: int = 0
    queued_count: int = 0
    withdrawn: tuple[Withdrawn, ...] = ()

    @property
    def is_there(self) -> bool:
        """Whether there is anything to say to the team."""
        asked = self.new_count + self.changed_count + self.same_count
        return bool(asked or self.queued_count or self.withdrawn)

    @property
    def change(self) -> str:
        """What changed, in one sentence, and which earlier copy this one replaces."""
        if self.replaces_on is None:
            return "这是第一册，全部是新增的。"
        earlier = f"{self.replaces_on:%Y年%m月%d日}及以前的各册"
        if not (self.new_count or self.changed_count or self.withdrawn_count):
            return f"与{earlier}相比没有变化，手里有那一册的可以接着用。"
        return (
            f"本册代替{earlier}：新增 {self.new_count} 个，有变化 {self.changed_count} 个，"
            f"撤回 {self.withdrawn_count} 个，未变 {self.same_count} 个。"
            "旧的不用再填；已经填了的照样可以交回。"
        )

    @property
    def queue(self) -> str:
        """What waits for the next copy; empty when nothing does."""
        if not self.queued_count:
            return ""
        return (
            f"还有 {self.queued_doors} 户 {self.queued_count} 个问题在排队，"
            "本册的交回以后再发，不用现在查。"
        )


def copies(rows: Mapping[str, Sequence[Row]]) -> dict[Team, Copy]:
    """Each team → its copy, from the rows of the sheets 下发情况 and 撤回."""
    names = sheets.DISPATCH.query_columns
    found: dict[Team, Copy] = {}
    for row in rows[sheets.DISPATCH.query]:
        told = dict(zip(names, row, strict=True))
        village = None if told["village"] == _TOWNSHIP_ITSELF else str(told["village"])
        found[str(told["township"]), village] = Copy(
            replaces_on=cast("date | None", told["replaces_on"]),
            new_count=cast("int", told["new_count"]),
            changed_count=cast("int", told["changed_count"]),
            same_count=cast("int", told["same_count"]),
            withdrawn_count=cast("int", told["withdrawn_count"]),
            queued_doors=cast("int", told["queued_doors"]),
            queued_count=cast("int", told["queued_count"]),
        )
    for audience, township, at, *rest in rows[sheets.WITHDRAWN.query]:
        team = str(township), None if audience == "township" else str(at)
        copy = found[team]
        found[team] = replace(copy, withdrawn=(*copy.withdrawn, _withdrawn(rest)))
    return found


def _withdrawn(row: Sequence[object]) -> Withdrawn:
    number, name, title, why, asked_on, left_on = row
    return Withdrawn(
        str(number),
        mask_text(str(name or "")),
        str(title or ""),
        str(why or ""),
        cast("date", asked_on),
        cast("date", left_on),
    )


def change_mark(change: str, state: str, asked_on: object) -> str:
    """What stands under 较上次: 新增, 有变化, 未变 with the day it went out."""
    word = WORDS["change"].get(change, "")
    if change == "same" and isinstance(asked_on, date):
        return f"{word}\n{asked_on:%m-%d}\n下发"
    return f"{word}\n又现" if state == "reopened" and change == "new" else word
