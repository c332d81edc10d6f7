"""A small table of any declared source, and what reading it must give, row by row.

Drawn from the declarations alone: a source added tomorrow is invented, muddled and
read the same day.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from functools import cache
from random import Random

from schemas import codes, reference
from schemas.kinds import KINDS, Cell
from schemas.sources import SOURCES, SPECS
from schemas.spec import ColumnSpec, SourceSpec
from schemas.synth import cells
from schemas.synth.clerk import NOT_ALIASES
from schemas.synth.names import given_name, surname, words
from schemas.synth.numbers import Numbers
from schemas.synth.people import Value
from schemas.synth.sheets import Book, Column, Line, Sheet, Wanted
from schemas.text import division_key, fold

MADE_ON = date(2022, 9, 18)
COUNTY = ("140928", "五寨县")
DATES = tuple(k.name for k in KINDS.values() if k.fields[0][1] == "date")
# In a heading these say something of the cells below as well.
_TELLING = ("万元", "技工院校")
# What the members of a household share, in every source that tells it.
_IN_TURN = (
    ("identified_on", "eliminated_on"), ("entry_on", "graduation_on"),
    ("started_on", "ended_on"),
)  # fmt: skip
TABLES = tuple(spec for spec in SPECS if spec.marks)
SHARED = frozenset(
    {
        "county", "township", "village", "household_no", "household_type", "phone",
        "head_name", "head_id_number", "monitored_category", "is_risk_done",
        "identified_on", "eliminated_on",
    }
)  # fmt: skip


def invent(
    spec: SourceSpec,
    rng: Random,
    numbers: Numbers,
    *,
    rows: int = 14,
    drawn: float = 0.8,
) -> Book:
    """A clean book: one sheet, a heading, ``rows`` people in households of one to
    three; ``drawn`` is the share of the columns that need not be there."""
    columns = _columns(spec, rng, drawn)
    period = _period(rng)
    lines = [Line("heading", [column.heading for column in columns])]
    if not any(column.kind == "period" for column in columns):
        lines.insert(0, Line("title", [f"{period}学年雨露计划{spec.title}"]))
    home: dict[str, Value] = {}
    left = 0
    for _ in range(rows):
        if not left:
            left = rng.choice((1, 1, 2, 3))
            home = _household(spec, rng, numbers)
        left -= 1
        values = {
            c.name: home[c.name]
            if c.name in home
            else _value(c, spec, rng, numbers, period)
            for c in spec.columns
        }
        for first, second in _IN_TURN:
            days = [values.get(first), values.get(second)]
            if all(isinstance(day, date) for day in days):
                values[first], values[second] = sorted(days, key=str)
        if "sex" in values and isinstance(pid := values.get("id_number"), str):
            values["sex"] = "男" if int(pid[16]) % 2 else "女"
        typed = {c.name: _typed(c, values[c.name]) for c in columns if c.name}
        if not any(column.kind == "period" for column in columns):
            typed |= {
                c.name: _typed(c, period) for c in spec.columns if c.kind == "period"
            }
        texts: list[Cell] = [
            cells.plain(c.kind, values[c.name]) if c.name else None for c in columns
        ]
        lines.append(Line("data", texts, wanted=Wanted(typed)))
    name = f"{spec.title}_{MADE_ON:%Y%m%d}.xlsx"
    return Book(name, [Sheet("Sheet1", spec.name, columns, lines)])


def _columns(spec: SourceSpec, rng: Random, drawn: float) -> list[Column]:
    """The columns it needs, one of each mark, and some of the others."""
    names = {c.name for c in spec.columns if c.required}
    names |= {rng.choice(mark) for mark in spec.marks}
    names |= {c.name for c in spec.columns if rng.random() < drawn}
    found = [Column(c.title, c.name, c.kind) for c in spec.columns if c.name in names]
    if rng.random() < 0.5:
        rng.shuffle(found)
    return found


def usable_headings(spec: SourceSpec, name: str, used: set[str]) -> list[str]:
    """Declared spellings of a column that mean the same and are not taken yet."""
    return [
        heading
        for heading in spec.column(name).headings
        if heading not in NOT_ALIASES
        and not any(word in heading for word in _TELLING)
        and fold(heading) not in used
    ]


def tables_of(source: SourceSpec) -> tuple[str, ...]:
    """Where rows of the source may end: its own table, and those set apart from it."""
    names = {column.name for column in source.columns}
    return tuple(s.name for s in SPECS if {c.name for c in s.columns} == names)


def spec_of(sheet: Sheet) -> SourceSpec:
    """The declaration of the sheet's source."""
    return next(spec for spec in SPECS if spec.name == sheet.source)


def _period(rng: Random) -> str:
    year = rng.randrange(2018, 2022)
    return f"{year}-{year + 1}"


def _household(spec: SourceSpec, rng: Random, numbers: Numbers) -> dict[str, Value]:
    place = rng.choice(_villages())
    known: dict[str, Value] = {
        "county": COUNTY[1],
        "township": place[0],
        "village": place[1],
    }
    for column in spec.columns:
        if column.name in SHARED and column.name not in known:
            known[column.name] = _value(column, spec, rng, numbers, "")
    return known


@cache
def _villages() -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            {(p.township, p.village) for p in reference.places(COUNTY[0]) if p.village}
        )
    )


def _value(
    column: ColumnSpec, spec: SourceSpec, rng: Random, numbers: Numbers, period: str
) -> Value:
    """One true value of a column; columns that may be empty sometimes are."""
    kind, name = column.kind, column.name
    is_mark = any(name in mark for mark in spec.marks)
    is_always = column.required or is_mark or name in SHARED or kind == "period"
    may_be_empty = not is_always and kind != "grant"
    if may_be_empty and rng.random() < 0.12:
        return None
    if kind == "id_number":
        return _number(name, rng, numbers)
    if kind == "person_name":
        return surname(rng) + given_name(rng, rng.choice("男女"))
    if kind == "division":
        return rng.choice(_villages())[1 if "village" in name else 0]
    if kind in DATES:
        return date(
            rng.randrange(2016, 2022), rng.randrange(1, 13), rng.randrange(1, 29)
        )
    if kind == "money":
        return rng.choice((1500, 2000, 3000, 3000, 4000))
    if kind == "years":
        return rng.choice((2, 3, 4, 5))
    if kind == "number":
        return _figure(spec, name, rng)
    if kind == "yes_no":
        return rng.random() < 0.5
    if kind == "period":
        return period + rng.choice(("", "", "-1", "-2"))
    if kind == "phone":
        return numbers.phone()
    if kind == "account":
        return numbers.account()
    if kind == "opaque_no":
        return numbers.running("1409280", 18)
    if kind == "grant":
        return True
    if kind.startswith(("code:", "codes:")):
        labels = {c.label for c in codes.load(kind.partition(":")[2]).codes if c.label}
        return rng.choice(sorted(labels))
    return str(rng.choice(words()["majors"]))


def _number(name: str, rng: Random, numbers: Numbers) -> str:
    """A student's number, an older person's for heads and parents, a roll number."""
    is_older = any(word in name for word in ("head", "guardian", "holder"))
    year = rng.randrange(1955, 1985) if is_older else rng.randrange(2003, 2009)
    while True:
        born = date(year, rng.randrange(1, 13), rng.randrange(1, 29))
        pid = numbers.pid(born, rng.choice("男女"))
        # One in three ends in X, which is what half of the messes need.
        if pid.endswith("X") or (rng.random() < 0.5 and not pid.endswith("000")):
            return f"G{pid}" if name == "student_no" else pid


def _figure(spec: SourceSpec, name: str, rng: Random) -> int:
    if name.endswith("year"):
        return MADE_ON.year
    if name.endswith("month"):
        return MADE_ON.month
    least, most = _bounds(spec.name, name)
    return rng.randint(int(max(least, 1)), int(min(most, max(least, 1) + 2000)))


@cache
def _bounds(source: str, name: str) -> tuple[float, float]:
    """What the model's checks allow."""
    model = SOURCES[[spec.name for spec in SPECS].index(source)]
    least, most = 0.0, float("inf")
    for check in model.to_schema().columns[name].checks:
        told = check.statistics or {}
        least = max(least, float(told.get("min_value", least)))
        most = min(most, float(told.get("max_value", most)))
    return least, most


def _typed(column: Column | ColumnSpec, value: Value) -> dict[str, Value]:
    return typed(column.kind, value)


def typed(kind: str, value: Value) -> dict[str, Value]:
    """What the typed columns must hold for a true value; see ``Wanted.typed``."""
    if kind == "id_number":
        if value is None:
            return {"_pid": None, "_form": "missing", "_kept": None}
        form = "student_no" if str(value).startswith("G") else "id18"
        return {"_pid": str(value)[-18:], "_form": form, "_kept": None}
    if kind == "person_name":
        return {"": value, "_key": value}
    if kind == "division":
        key = division_key(str(value)) if value is not None else None
        return {"_key": key}
    if kind == "period" and value is not None:
        text = str(value)
        return {"": text[:9], "_term": int(text[10:]) if len(text) > 9 else None}
    if isinstance(value, date):
        return {"": month(value, kind)}
    if kind == "grant":
        return {"": value, "_fen": None}
    if kind == "money" and isinstance(value, int):
        return {"": value * 100}
    if kind in ("years", "number") and isinstance(value, int):
        return {"": float(value)}
    return {"": value}


def month(day: date, kind: str) -> date:
    """The day that a date stands for in a column of months."""
    if kind == "month_start":
        return day.replace(day=1)
    if kind == "month_end":
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day
