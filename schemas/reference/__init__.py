"""Public reference data: places by name and code, and what school states mean."""

from __future__ import annotations

import csv
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from schemas.text import division_key

_FOLDER = Path(__file__).parent


class Place(NamedTuple):
    """A township and one of its villages (null village: the township itself)."""

    township: str
    township_key: str | None
    village: str | None
    village_key: str | None
    origin: str


class PlaceAlias(NamedTuple):
    """Where a place written in an old or other way belongs today."""

    township_seen_key: str | None
    village_seen_key: str | None
    township: str
    village: str | None
    valid_from: date | None


class School(NamedTuple):
    """One name of a school, the school it means, and what kind that is."""

    seen: str
    school: str
    kind: str


class SchoolWord(NamedTuple):
    """What a word in a school's name says of its kind, the first that fits counts."""

    rank: int
    word: str
    unless: str | None
    kind: str


class SchoolState(NamedTuple):
    """What one value of 在校生状况 means for the subsidy."""

    label: str
    stage: str
    level: str | None
    grade: int | None
    is_vocational: bool
    is_final_possible: bool


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    with (_FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        names = next(lines)
        return tuple(dict(zip(names, line, strict=True)) for line in lines if line)


@cache
def places(county_code: str) -> tuple[Place, ...]:
    """Townships and villages of a county, sorted; empty when the code is unknown."""
    found: set[tuple[str, str]] = {
        (row["township"], row["village"])
        for row in _rows("villages")
        if row["county_code"] == county_code
    }
    found |= {
        (row["township"], "")
        for row in _rows("townships")
        if row["county_code"] == county_code
    }
    return tuple(
        Place(
            township,
            division_key(township),
            village or None,
            division_key(village) if village else None,
            "reference",
        )
        for township, village in sorted(found)
    )


def place_aliases(county_code: str) -> tuple[PlaceAlias, ...]:
    """The county's own mapping of abolished and misspelt places.

    Lines without a township say that nobody has confirmed where the place went.
    """
    return tuple(
        PlaceAlias(
            division_key(row["township_seen"]) if row["township_seen"] else None,
            division_key(row["village_seen"]) if row["village_seen"] else None,
            row["township"],
            row["village"] or None,
            date.fromisoformat(row["valid_from"]) if row["valid_from"] else None,
        )
        for row in _rows("place_alias")
        if row["county_code"] == county_code and row["township"]
    )


@cache
def township_codes() -> dict[str, str]:
    """Nine-digit code → township, of today."""
    return {row["township_code"]: row["township"] for row in _rows("townships")}


@cache
def county_names() -> dict[str, str]:
    """County code → name, for the counties whose villages are known."""
    return {row["county_code"]: row["county"] for row in _rows("villages")}


@cache
def province_names() -> dict[str, str]:
    """Two-digit code → name of every province of the mainland."""
    return {row["province_code"]: row["province"] for row in _rows("provinces")}


@cache
def province_words() -> dict[str, str]:
    """Full and short name → code of a province."""
    return {
        row[name]: row["province_code"]
        for row in _rows("provinces")
        for name in ("province", "short")
    }


@cache
def area_codes() -> frozenset[str]:
    """Every code that ever stood in front of an identity number, abolished ones too."""
    return frozenset(row["area_code"] for row in _rows("areas"))


def discrepancies() -> tuple[dict[str, str], ...]:
    """Every discrepancy the field knows, with weight, owner and who evaluates it."""
    return _rows("discrepancies")


def schools() -> tuple[School, ...]:
    """The small list of schools known by name, with their other names."""
    return tuple(
        School(row["school_seen"], row["school"], row["kind"])
        for row in _rows("schools")
    )


def school_words() -> tuple[SchoolWord, ...]:
    """The words that tell a school's kind, in order."""
    return tuple(
        SchoolWord(int(row["rank"]), row["word"], row["unless"] or None, row["kind"])
        for row in _rows("school_words")
    )


def remark_words() -> tuple[tuple[str, str], ...]:
    """The words of a roster's 备注 that tell a student's standing, and which."""
    return tuple((row["word"], row["register_status"]) for row in _rows("remark_words"))


def study_words() -> tuple[tuple[str, str], ...]:
    """The words of a school's or subject's name that tell a form of study, and which."""
    return tuple((row["word"], row["study_form"]) for row in _rows("study_words"))


# Longest programme that a grade can end: 中职 and 高职 take three years, a technician
# college up to four; 2-year programmes exist, so the second year may end one too.
_FINAL_FROM = {"secondary": 2, "higher": 2, "technician": 2}
_VOCATIONAL = ("secondary", "higher", "technician")


def school_state(code: str, label: str) -> SchoolState:
    """Stage, level and grade of a state's code such as ``secondary2``."""
    found = re.fullmatch(r"([a-z]+?)([0-9])?", code)
    stage = found[1] if found else code
    grade = int(found[2]) if found and found[2] else None
    vocational = stage in _VOCATIONAL
    return SchoolState(
        label=label,
        stage=stage,
        level=stage if vocational else None,
        grade=grade,
        is_vocational=vocational,
        is_final_possible=vocational and (grade or 9) >= _FINAL_FROM[stage],
    )


def school_level(code: str) -> str | None:
    """The policy's level of a roster's 办学层次; null where it may be more than one.

    技工 covers technical schools (中职) and technician colleges; a five-year programme
    is 中职 in its first three years and 高职 in the last two.
    """
    return code if code in _VOCATIONAL else None


@cache
def township_keys() -> dict[str, frozenset[str]]:
    """County code → keys of its townships, of today and of about 2020."""
    found: dict[str, set[str]] = {}
    for name in ("townships", "villages"):
        for county, town in {(r["county_code"], r["township"]) for r in _rows(name)}:
            found.setdefault(county, set()).add(division_key(town) or town)
    return {county: frozenset(keys) for county, keys in sorted(found.items())}
