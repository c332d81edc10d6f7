"""Code lists: one CSV each, every value seen is known, mapped or ignored.

Columns: ``seen`` (as written in exports), ``code``, ``label`` (the canonical value),
``fate`` (known | mapped | ignored), ``note``, and in lists of two levels ``group`` (of
办学层次: the level by which policy pays, which may be finer than the label). A value in
none of the three sets is an issue, so that nothing is wiped out unknowingly.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from schemas.text import fold

_FOLDER = Path(__file__).parent
_FATES = frozenset({"known", "mapped", "ignored"})


@dataclass(frozen=True)
class Code:
    """One written value and what it stands for; an ignored one has no label."""

    seen: str
    code: str
    label: str
    fate: str
    note: str
    group: str = ""


@dataclass(frozen=True)
class CodeList:
    """The values of one list, looked up by folded text."""

    name: str
    title: str
    codes: tuple[Code, ...]
    by_key: dict[str, Code]

    @property
    def has_groups(self) -> bool:
        """Whether the values have a second, coarser level."""
        return any(code.group for code in self.codes)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The canonical values in the order of the list."""
        return tuple(dict.fromkeys(code.label for code in self.codes if code.label))

    def find(self, text: str) -> Code | None:
        return self.by_key.get(fold(text))


_TITLES = {
    "household_type": "户类型",
    "funded_household": "名册中的户类型",
    "monitored_category": "监测对象类别",
    "elimination_way": "风险消除方式",
    "risk": "致贫返贫风险",
    "school_state": "在校生状况",
    "school_level": "办学层次",
    "school_nature": "学校性质",
    "register_status": "学籍状态",
    "study_form": "学习形式",
    "education": "文化程度",
    "relation": "与户主关系",
    "sex": "性别",
    "id_type": "证件类型",
    "ethnic_group": "民族",
    "political": "政治面貌",
    "health": "健康状况",
    "disability": "残疾类别",
    "labour": "劳动技能",
    "low_income": "低保",
    "destitute": "特困",
    "education_help": "教育帮扶",
    "employment_help": "就业帮扶",
    "job_form": "务工形式",
    "job_channel": "就业渠道",
    "destination": "毕业去向",
    "willingness": "就业意愿",
    "payment_status": "发放状态",
    "failure_reason": "失败原因",
    "review_status": "审核状态",
    "departure_reason": "减少原因",
}


@cache
def load(name: str) -> CodeList:
    """The list of that name; raises ValueError when one value has two meanings."""
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        entries = tuple(Code(**row) for row in csv.DictReader(file))
    by_key: dict[str, Code] = {}
    for entry in entries:
        if entry.fate not in _FATES or bool(entry.label) == (entry.fate == "ignored"):
            raise ValueError(f"{name}.csv: fate of {entry.seen!r}")
        if by_key.setdefault(fold(entry.seen), entry).label != entry.label:
            raise ValueError(f"{name}.csv: {entry.seen!r} stands for two labels")
    return CodeList(name, _TITLES[name], entries, by_key)


def names() -> tuple[str, ...]:
    """All list names, in alphabetical order."""
    return tuple(sorted(_TITLES))
