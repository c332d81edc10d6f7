"""Our own workbooks, filled in and sent back: which columns they have, what is answered.

A form is declared here and nowhere else. It is recognised by its numbers, which carry a
check character, never by a file's name: columns may move and headings be typed anew.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from schemas.number import QUESTION, Numbering
from schemas.text import fold

RETURN_SOURCE = "field_return"
_MARKS = re.compile(
    r"[\s\u200b-\u200f\u2060\ufeff。.，,;；:：!！'\"“”‘’()（）【】\[\]]+"
)
_PICK = re.compile(
    r"(?:是|选|选择|为|同)*(?:第|候选人?|候选人选|选项)?"
    r"([0-9]{1,2}|[①-⑳]|[一二三四五六七八九十])(?:号|个|位|名)?(?:是同一人|同一人)?"
)
_DIGITS = "一二三四五六七八九十"


@dataclass(frozen=True)
class ReturnColumn:
    """One column of a form: the title it goes out with, and how else it is called.

    ``is_locked``: what stands there is ours; an edit is told and not believed.
    """

    name: str
    headings: tuple[str, ...]
    is_locked: bool = False


@dataclass(frozen=True)
class ReturnForm:
    """A sheet that comes back: its numbers, its columns, its answers by code.

    ``not_this``: a heading that proves a sheet of ours to be no form to be filled in.
    """

    name: str
    title: str
    numbering: Numbering
    columns: tuple[ReturnColumn, ...]
    answers: Mapping[str, tuple[str, ...]]
    not_this: tuple[str, ...] = ()

    def column_of(self, heading: str) -> str | None:
        """The column that a heading names: as declared, else with words around it."""
        folded = fold(heading)
        known = [(fold(h), c.name) for c in self.columns for h in c.headings]
        for text, name in known:
            if folded == text:
                return name
        inside = [(len(t), name) for t, name in known if len(t) > 1 and t in folded]
        return max(inside)[1] if inside else None

    def number_column(self, rows: Sequence[Sequence[str | None]]) -> int | None:
        """The place from 0 of the column whose cells are numbers of this form; null
        when no column is mostly that."""
        width = max((len(row) for row in rows), default=0)
        best: tuple[int, int] | None = None
        for at in range(width):
            texts = [t for row in rows if at < len(row) and (t := row[at])]
            valid = sum(self.numbering.read(text) is not None for text in texts)
            # titles and the heading stand above, a signature below
            if (
                valid
                and valid * 2 >= len(texts) - 4
                and (best is None or valid > best[0])
            ):
                best = valid, at
        return best[1] if best else None


# The answer of whoever looked at two records that may be one person's.
SAME, NONE, UNKNOWN = "same", "none", "unknown"
SAME_PERSON = ReturnForm(
    name="same_person",
    title="疑似同一人",
    numbering=QUESTION,
    columns=(
        ReturnColumn("number", ("认定编号", "编号", "问题编号")),
        ReturnColumn("roster_side", ("雨露名册里", "名册里", "名册一方"), is_locked=True),
        ReturnColumn(
            "register_side", ("监测系统里", "系统里", "系统一方"), is_locked=True
        ),
        ReturnColumn("answer", ("认定结果", "认定意见", "结果", "答复", "是否同一人")),
        ReturnColumn("decided_by", ("认定人", "经办人", "核实人", "签字", "谁认定的")),
        ReturnColumn("decided_on", ("认定日期", "认定时间", "核实日期", "日期")),
        ReturnColumn("note", ("情况说明", "说明", "备注", "认定依据")),
    ),
    answers={
        SAME: (
            "同一人", "是同一人", "是同一个人", "同一个人", "是", "是的", "对", "对的",
            "属实", "一致", "确认", "确认是", "确认同一人", "√", "✓", "✔", "☑", "y", "yes",
            "true",
        ),
        NONE: (
            "不是同一人", "不是同一个人", "非同一人", "不同一人", "不同人", "两个人",
            "是两个人", "不是", "否", "不对", "不属实", "不一致", "都不是", "均不是",
            "全不是", "×", "✗", "✘", "☒", "x", "n", "no", "false", "╳", "乂",
        ),
        UNKNOWN: (
            "无法确定", "不能确定", "不确定", "无法认定", "无法核实", "不清楚", "不知道",
            "待核实", "待定", "?", "？",
        ),
    },
    not_this=("采用情况",),
)  # fmt: skip
FORMS = (SAME_PERSON,)


@dataclass(frozen=True)
class Answer:
    """What a cell answers: a code of the form and, for ``same``, which candidate (1…)."""

    code: str
    pick: int | None = None


def parse_answer(form: ReturnForm, text: str, candidates: int) -> Answer | None:
    """The answer in a cell, with so many candidates on offer; null when not understood.

    "同一人" says nobody in particular where there are several to choose from.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFC", text)).lower()
    words = {word: code for code, said in form.answers.items() for word in said}
    code = words.get(plain) or words.get(unicodedata.normalize("NFKC", plain))
    if code == SAME:
        return Answer(SAME, 1) if candidates == 1 else None
    if code is not None:
        return Answer(code)
    if found := _PICK.fullmatch(plain):
        pick = _figure(found[1])
        return Answer(SAME, pick) if 1 <= pick <= candidates else None
    return None


def _figure(text: str) -> int:
    if text in _DIGITS:
        return _DIGITS.index(text) + 1
    return int(unicodedata.normalize("NFKC", text))
