"""School careers: junior school, then one of the ways a young person goes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from schemas.synth.names import words
from schemas.synth.people import Enrolment, Person, Programme

LABELS = {
    "secondary": "中职",
    "higher": "高职",
    "technician": "技师",
    "mixed": "技工",
    "five_year": "五年一贯制",
}
_NUMERALS = "零一二三四五"
PATHS = {
    "secondary": 24,
    "secondary_higher": 18,
    "secondary_degree": 4,
    "three_two": 6,
    "five_year": 6,
    "technician": 6,
    "mixed": 4,
    "senior_higher": 14,
    "senior_degree": 12,
    "senior": 4,
    "army": 3,
    "dropout": 3,
    "work": 10,
}
_ACADEMIC = ("senior_higher", "senior_degree", "senior", "work")


@dataclass(frozen=True)
class Shape:
    """How young and how vocational the county is: shares of one."""

    youth: float = 0.3
    vocational: float = 0.42


def choose_path(rng: Random, shape: Shape) -> str:
    """The way on after junior school; ``shape.vocational`` is the share of trades."""
    trades = [p for p in PATHS if p not in _ACADEMIC]
    pool = trades if rng.random() < shape.vocational else list(_ACADEMIC)
    return rng.choices(pool, [PATHS[p] for p in pool])[0]


def state_of(kind: str, grade: int) -> str:
    """The register's word; a five-year programme turns 高职 in its fourth year."""
    if kind == "five_year":
        kind, grade = ("secondary", grade) if grade <= 3 else ("higher", grade - 3)
    word = {"secondary": "中职", "mixed": "中职", "higher": "高职高专"}.get(
        kind, "技师学院"
    )
    return f"{word}{_NUMERALS[grade]}年级"


def junior_start(birth: date) -> int:
    """The school year in which someone enters 七年级."""
    return birth.year + 12 + (birth.month >= 9)


def programme(rng: Random, kind: str, entry: int, years: int = 0) -> Programme:
    """A course begun on 1 September of ``entry``."""
    usual = {"five_year": 5, "technician": 4}.get(kind, 3)
    return Programme(
        kind,
        LABELS[kind],
        rng.choice(words()["schools"][kind]),
        rng.choice(words()["majors"]),
        years or usual,
        date(entry, 9, 1),
    )


def attend(person: Person, course: Programme, leaves: int | None = None) -> int:
    """Enrol for the whole course, or until ``leaves``; the first year after it."""
    last = course.ends if leaves is None else leaves
    for year in range(course.entry.year, last):
        grade = year - course.entry.year + 1
        person.schooling[year] = Enrolment(state_of(course.kind, grade), grade, course)
    if leaves is None:
        higher = course.kind in ("higher", "five_year", "technician")
        person.education[course.ends] = "大专" if higher else "高中"
    return last


def give_schooling(rng: Random, person: Person, path: str) -> None:
    """Fill the school years and the education of a person born after about 1995."""
    start = junior_start(person.birth)
    for year in range(person.birth.year + 3, start - 6):
        person.schooling[year] = Enrolment("学龄前儿童")
    for year in range(start - 6, start):
        person.schooling[year] = Enrolment("小学")
    for grade, state in enumerate(("七年级", "八年级", "九年级")):
        person.schooling[start + grade] = Enrolment(state, grade + 1)
    person.education[start] = "小学"
    person.education[start + 3] = "初中"
    _go_on(rng, person, path, start + 3)


def _go_on(rng: Random, person: Person, path: str, year: int) -> None:
    if path in ("secondary", "army"):
        attend(person, programme(rng, "secondary", year))
    elif path == "dropout":
        attend(person, programme(rng, "secondary", year), leaves=year + 1)
    elif path in ("secondary_higher", "three_two"):
        year = attend(person, programme(rng, "secondary", year))
        years = 2 if path == "three_two" else 3
        year = attend(person, programme(rng, "higher", year, years))
        if rng.random() < 0.15:
            _degree(person, year, first_grade=3)  # 专升本
    elif path == "secondary_degree":
        _degree(person, attend(person, programme(rng, "secondary", year)))
    elif path in ("five_year", "mixed"):
        attend(person, programme(rng, path, year))
    elif path == "technician":
        attend(person, programme(rng, path, _senior(person, year)))
    elif path.startswith("senior"):
        year = _senior(person, year)
        if path == "senior_higher":
            attend(person, programme(rng, "higher", year))
        elif path == "senior_degree":
            _degree(person, year)


def _senior(person: Person, year: int) -> int:
    for grade in (1, 2, 3):
        state = f"普通高中{_NUMERALS[grade]}年级"
        person.schooling[year + grade - 1] = Enrolment(state, grade)
    person.education[year + 3] = "高中"
    return year + 3


def _degree(person: Person, year: int, first_grade: int = 1) -> None:
    for grade in range(first_grade, 5):
        state = f"本科{_NUMERALS[grade]}年级"
        person.schooling[year + grade - first_grade] = Enrolment(state, grade)
    person.education[year + 5 - first_grade] = "本科及以上"
