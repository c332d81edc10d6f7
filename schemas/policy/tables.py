"""The policy tables as declared: columns, what may stand in them, what a row replaces."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from schemas import codes, reference


@dataclass(frozen=True)
class Column:
    """One column: its Chinese title, and which texts it takes.

    ``words``: what may be written → what it stands for; empty: judged by ``form``
    (text | code | whole | number | day | month).
    """

    name: str
    title: str
    form: str = "text"
    words: Mapping[str, str] = field(default_factory=dict)
    required: bool = True

    def read(self, text: str) -> str:
        """The text as stored; raises ValueError saying what would be right."""
        text = text.strip()
        if not text:
            if self.required:
                raise ValueError("不能为空")
            return ""
        if self.words:
            if text in self.words.values():
                return text
            if text not in self.words:
                raise ValueError(f"只能写{'、'.join(self.words)}")
            return self.words[text]
        return _FORMS[self.form](text)


def _code(text: str) -> str:
    text = text.removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) in (2, 6)):
        raise ValueError("应是2位省代码或6位县代码，例如 14、140928")
    return text


def _whole(text: str) -> str:
    text = text.removesuffix(".0").replace(",", "")
    if not (text.isascii() and text.isdigit()):
        raise ValueError("应是不带单位的整数，例如 3000")
    return str(int(text))


def _number(text: str) -> str:
    try:
        value = float(text)
    except ValueError:
        value = -1
    if not 0 <= value < 1e9:
        raise ValueError("应是不小于零的数，例如 35 或 0.5")
    return text.removesuffix(".0")


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text[:10].replace("/", "-")).isoformat()
    except ValueError:
        raise ValueError("应是 2025-09-01 样子的日期") from None


def _month_day(text: str) -> str:
    try:
        month, day = (int(part) for part in text.split("-"))
        date(2001, month, day)
    except ValueError:
        raise ValueError("应是 09-01 样子的月和日") from None
    return f"{month:02d}-{day:02d}"


_FORMS: Mapping[str, Callable[[str], str]] = {
    "text": str,
    "code": _code,
    "whole": _whole,
    "number": _number,
    "day": _day,
    "month_day": _month_day,
}


@dataclass(frozen=True)
class Table:
    """One policy table: ``key`` tells two facts apart, ``replaces`` what a new row
    takes the place of (a new unit of payment replaces all rows of the old one)."""

    name: str
    title: str
    grain: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    replaces: tuple[str, ...]

    @property
    def every(self) -> tuple[Column, ...]:
        """All columns in file order: the province first, the document last."""
        return (PROVINCE, *self.columns, *DATED)


_PROVINCES = reference.province_words()
PROVINCE = Column("province_code", "省", words=_PROVINCES, required=False)
DATED = (
    Column("valid_from", "自", "day"),
    Column("valid_to", "至", "day", required=False),
    Column("document", "依据"),
    Column("note", "说明", required=False),
)
_UNIT = {"学年": "year", "学期": "term"}
LEVEL_TITLES = {
    "secondary": "中职",
    "vocational_senior": "职业高中",
    "higher": "高职",
    "technician": "技师学院",
}
# a level that some provinces pay apart is part of another where they do not
WITHIN = {"vocational_senior": "secondary"}
_LEVEL = {title: level for level, title in LEVEL_TITLES.items()} | {
    "职高": "vocational_senior"
}
_MODE = {"按基准日": "term_start", "不得新申请": "new_only", "照发": "ignore"}
_EFFECT = {"停发": "stop", "暂停": "pause", "学完": "end"}
_STATUS = {label: label for label in codes.load("register_status").labels}
_FORM = {label: label for label in codes.load("study_form").labels}
_STAGE = Column("stage", "学段")


def _table(
    name: str,
    title: str,
    grain: str,
    columns: tuple[Column, ...],
    key: tuple[str, ...],
    replaces: tuple[str, ...] | None = None,
) -> Table:
    keys = ("province_code", *key)
    replaced = keys if replaces is None else ("province_code", *replaces)
    return Table(name, title, grain, columns, keys, replaced)


TABLES = (
    _table(
        "period",
        "补助期",
        "一个省的一种补助期；按学期补助的省秋季、春季各一行",
        (
            Column("term", "学期", words={"秋季": "1", "春季": "2"}, required=False),
            Column("starts_on", "开始", "month_day"),
            Column("reference_on", "基准日", "month_day", required=False),
        ),
        key=("term",),
        replaces=(),
    ),
    _table(
        "amount",
        "补助标准",
        "一省（或一县）一个学段的标准",
        (
            Column("county_code", "县代码", "code", required=False),
            Column("level", "学段", words=_LEVEL),
            Column("period_unit", "单位", words=_UNIT),
            Column("amount_yuan", "金额（元）", "whole"),
        ),
        key=("county_code", "level"),
    ),
    _table(
        "level",
        "补助学段",
        "一省补助的一个学段",
        (Column("level", "学段", words=_LEVEL),),
        key=("level",),
    ),
    _table(
        "study_form",
        "学习形式",
        "一种学习形式是否补助",
        (
            Column("study_form", "学习形式", words=_FORM),
            Column("is_funded", "是否补助", words={"是": "yes", "否": "no"}),
        ),
        key=("study_form",),
    ),
    _table(
        "risk_mode",
        "风险消除",
        "一省对风险已消除的监测对象的做法",
        (Column("mode", "做法", words=_MODE),),
        key=(),
    ),
    _table(
        "stop",
        "停发暂停",
        "一种学籍状态对补助的影响",
        (
            Column("register_status", "学籍状态", words=_STATUS),
            Column("effect", "影响", words=_EFFECT),
        ),
        key=("register_status",),
    ),
    _table(
        "grace",
        "宽限",
        "一个宽限的截止日",
        (Column("name", "名称"), Column("until", "截止", "month_day")),
        key=("name",),
    ),
    _table(
        "limit",
        "限值",
        "一个年龄、天数或个数的限值",
        (Column("name", "名称"), Column("value", "数值", "number")),
        key=("name",),
    ),
    _table(
        "age",
        "学段年龄",
        "一个学段合理的年龄",
        (
            _STAGE,
            Column("age_from", "从", "whole", required=False),
            Column("age_to", "到", "whole", required=False),
        ),
        key=("stage",),
    ),
    _table(
        "role",
        "非补助对象的关系",
        "一种不会是学生的与户主关系",
        (Column("relation", "与户主关系"),),
        key=("relation",),
    ),
    _table(
        "clause",
        "依据条文",
        "一件事在一省的依据；没有本省的，用全国的",
        (Column("topic", "事项"), Column("clause", "条文")),
        key=("topic",),
    ),
)
BY_NAME = {table.name: table for table in TABLES}
